import { execFileSync } from "node:child_process";

/** Bytes through a program that reads standard input and writes standard output. */
export function through(bytes: Uint8Array, program: string, ...args: string[]): Buffer {
  return execFileSync(program, args, { input: bytes, maxBuffer: 2 ** 30 });
}

export function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The programs that compress, as people call them. */
export const COMPRESSORS = [
  { suffix: "gz", compression: "gzip", program: "gzip", args: ["-c"] },
  { suffix: "zst", compression: "zstd", program: "zstd", args: ["-qc"] },
  { suffix: "xz", compression: "xz", program: "xz", args: ["-c"] },
] as const;
