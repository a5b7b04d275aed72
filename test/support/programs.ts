import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** Debian's own programs, before those of whoever runs the tests (another python has no nbd). */
export const SYSTEM_PATH = `/usr/bin:/usr/sbin:/bin:/sbin:${process.env["PATH"] ?? ""}`;

/** Whether programs are missing that a test needs; that it is passed over is said where nobody can overlook it. */
export function lacks(...programs: readonly string[]): boolean {
  const missing = programs.filter(
    (program) => !SYSTEM_PATH.split(":").some((folder) => isThere(join(folder, program))),
  );
  return passedOver(missing.length > 0, `${missing.join(", ")} not installed`);
}

/** The same for anything else that a machine may not have. */
export function passedOver(isMissing: boolean, what: string): boolean {
  if (isMissing) process.stderr.write(`\n*** TESTS OF RECORDING ARE SKIPPED: ${what}\n`);
  return isMissing;
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
