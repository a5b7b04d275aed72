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

/** A file from its start, a mebibyte at a time in one buffer that is used again; it is opened when it is first read. */
export function fileBytes(path: string, name: string): FileBytes {
  let file: FileHandle | null = null;
  let buffer: Uint8Array | null = null;
  let ended = false;
  const close = async () => {
    ended = true;
    const open = file;
    file = null;
    await open?.close();
  };
  const next = async () => {
    if (ended) return null;
    file ??= await openFile(path, name);
    buffer ??= Buffer.allocUnsafe(PIECE_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead > 0) return buffer.subarray(0, bytesRead);
    await close();
    return null;
  };
  const random = async () => {
    file ??= await openFile(path, name);
    const open = file;
    const { size } = await open.stat();
    return { bytes: size, read: (from: number, to: number) => range(open, from, Math.min(to, size)) };
  };
  return { name, next, random, close };
}

async function range(file: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, to - from));
  for (let length = 0; length < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, from + length);
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
  if (error.code === "ENOENT" || error.code === "ENOTDIR")
    return new TraceError({ file: name }, "missing", "file", "check its name", { cause: error });
  return new TraceError({ file: name }, "invalid", `file: ${error.code ?? error.message}`, "make it readable", {
    cause: error,
  });
}
