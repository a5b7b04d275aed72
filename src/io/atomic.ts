import { randomBytes } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./makeFolder.ts";

/** A file that is written piece by piece, and takes its place when it is whole. */
export interface AtomicFile {
  write(piece: string | Uint8Array): void;
  /** Puts it in its place. */
  commit(): void;
  /** Forgets what was written; what stood in its place stays. Nothing after `commit`. */
  abandon(): void;
}

/** Writes beside and renames over, so that a reader sees the old file or the new one and nothing between. */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path));
  const file = openAtomic(path);
  try {
    file.write(content);
    file.commit();
  } finally {
    file.abandon();
  }
}

/** Opens a file beside the place; what is no file (a pipe, /dev/null) is written to as it stands. */
export function openAtomic(path: string): AtomicFile {
  const place = statSync(path, { throwIfNoEntry: false });
  const isSpecial = place !== undefined && !place.isFile() && !place.isDirectory();
  // On a shared disk another machine may have a process of the same number.
  const beside = isSpecial ? path : `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  const file = openSync(beside, "w");
  let settled = false;
  const settle = (then: () => void) => {
    if (settled) return;
    settled = true;
    closeSync(file);
    if (!isSpecial) then();
  };
  return {
    write(piece) {
      let bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
      try {
        while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes));
      } catch (error) {
        throw Object.assign(error as Error, { path });
      }
    },
    commit: () => settle(() => renameSync(beside, path)),
    abandon: () => settle(() => rmSync(beside, { force: true })),
  };
}
