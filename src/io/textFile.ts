import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { TraceError } from "../model/errors.ts";

/** More than any text that is written for blkreport has; what is read of it takes many times the room. */
const MOST_BYTES = 1 << 26;
const PIECE_BYTES = 1 << 16;

/** A text that lies beside traces: a file and nothing else, since reading a pipe may never end. */
export function readFoundText(path: string, name: string): string {
  return read(path, name, constants.O_RDONLY | constants.O_NONBLOCK, (file) => {
    if (!fstatSync(file).isFile())
      throw new TraceError({ file: name }, "invalid", "file: it is a pipe, a device or a folder", "put a file there");
  });
}

/** A text that the command line names: it may also be a pipe. */
export function readNamedText(path: string): string {
  return read(path, path, constants.O_RDONLY, () => {});
}

function read(path: string, name: string, flags: number, check: (file: number) => void): string {
  try {
    const file = openSync(path, flags);
    try {
      check(file);
      return wholeText(file, name);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof TraceError ? error : unreadable(error as NodeJS.ErrnoException, name);
  }
}

function unreadable({ code = "unreadable" }: NodeJS.ErrnoException, name: string): TraceError {
  if (code === "ENOENT" || code === "ENOTDIR")
    return new TraceError({ file: name }, "missing", "file", "check its name");
  return new TraceError({ file: name }, "invalid", `file: ${code}`, "make it readable");
}

function wholeText(file: number, name: string): string {
  const pieces: Buffer[] = [];
  let bytes = fstatSync(file).size;
  if (bytes <= MOST_BYTES) bytes = 0;
  while (bytes <= MOST_BYTES) {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    const length = readSync(file, piece, 0, PIECE_BYTES, null);
    if (length === 0) return Buffer.concat(pieces).toString("utf8");
    pieces.push(piece.subarray(0, length));
    bytes += length;
  }
  const most = `${MOST_BYTES / 2 ** 20} MiB`;
  throw new TraceError({ file: name }, "unsupported", `file of more than ${most}`, "leave out what is not needed");
}
