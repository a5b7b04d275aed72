import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { TraceError } from "../model/errors.ts";
import type { RandomAccess } from "../model/format.ts";

const PIECE_BYTES = 1 << 20;

/** The bytes of a file as it lies. */
export interface FileBytes {
  readonly name: string;
  next(): Promise<Uint8Array | null>;
  /** The same bytes in any order, until `close`. */
  random(): Promise<RandomAccess>;
  /** For whoever stops before the end; at the end the file closes itself. */
  close(): Promise<void>;
}

/**
 * A file from its start, a mebibyte at a time; it is opened when it is first read, and ends where it ended then, or
 * after `most` bytes. From the second piece on the next one is read while the caller works on the last, into the other
 * of two buffers that are used again.
 */
export function fileBytes(path: string, name: string, most: number = Number.POSITIVE_INFINITY): FileBytes {
  let file: FileHandle | null = null;
  const buffers: Uint8Array[] = [];
  let pieces = 0;
  let left = 0;
  let ahead: Promise<Uint8Array> | null = null;
  let ended = false;
  const opened = async () => {
    if (file !== null) return file;
    file = await openFile(path, name);
    left = Math.min(most, await sizeOf(file));
    return file;
  };
  const close = async () => {
    ended = true;
    const open = file;
    file = null;
    await ahead?.catch(() => undefined);
    await open?.close();
  };
  const read = async (open: FileHandle) => {
    const at = pieces++ % 2;
    buffers[at] ??= Buffer.allocUnsafe(PIECE_BYTES);
    const piece = buffers[at]!.subarray(0, Math.min(PIECE_BYTES, left));
    const bytes = await readInto(open, name, piece, null);
    left -= bytes;
    return piece.subarray(0, bytes);
  };
  const readAhead = (open: FileHandle) => {
    const piece = read(open);
    // Whoever asks for it is told.
    piece.catch(() => undefined);
    return piece;
  };
  const next = async () => {
    if (ended) return null;
    const open = await opened();
    const piece = await (ahead ?? read(open));
    const isLarge = pieces > 1 && piece.length === PIECE_BYTES;
    ahead = isLarge ? readAhead(open) : null;
    if (piece.length > 0) return piece;
    await close();
    return null;
  };
  const random = async () => {
    const open = await opened();
    const bytes = Math.min(most, (await open.stat()).size);
    return { bytes, read: (from: number, to: number) => range(open, name, from, Math.min(to, bytes)) };
  };
  return { name, next, random, close };
}

/** Devices and what the kernel makes up have no size of their own, and end when they end. */
async function sizeOf(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  return size === 0 ? Number.POSITIVE_INFINITY : size;
}

async function readInto(file: FileHandle, name: string, into: Uint8Array, at: number | null): Promise<number> {
  try {
    return (await file.read(into, 0, into.length, at)).bytesRead;
  } catch (error) {
    throw fileError(error as NodeJS.ErrnoException, name);
  }
}

async function range(file: FileHandle, name: string, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, to - from));
  for (let length = 0; length < bytes.length; ) {
    const bytesRead = await readInto(file, name, bytes.subarray(length), from + length);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
  }
  return bytes;
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  // To open a pipe would wait for whoever writes into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw fileError(error, name);
  });
  const stat = await file.stat();
  if (!stat.isDirectory() && !stat.isFIFO()) return file;
  await file.close();
  if (stat.isDirectory()) throw new TraceError({ file: name }, "invalid", "file: it is a folder", "name a file in it");
  throw new TraceError({ file: name }, "invalid", "file: it is a pipe", "put what it gives into a file");
}

function fileError(error: NodeJS.ErrnoException, name: string): Error {
  const { code = error.message } = error;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new TraceError({ file: name }, "missing", "file", "check its name", { cause: error });
  return new TraceError({ file: name }, "invalid", `file: ${code}`, cureOf(code), { cause: error });
}

function cureOf(code: string): string {
  if (code === "EIO") return "it cannot be read to its end: copy it again, and look into the kernel's log";
  if (code === "EISDIR") return "it is a folder: name a file in it";
  if (code === "EMFILE" || code === "ENFILE") return "raise the limit of open files (ulimit -n), or give fewer --jobs";
  return "make it readable";
}
