import { accessSync } from "node:fs";

/** Whether the system lets us do with a file what a mode of `fs.constants` says; false where there is none. */
export function permits(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
