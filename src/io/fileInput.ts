import { type FileHandle, open } from "node:fs/promises";
import { TraceError } from "../model/errors.ts";
import { HEAD_BYTES, type Head, type TraceInput } from "../model/format.ts";

const CHUNK_BYTES = 1 << 20;

/** A trace's file, opened when its first bytes are asked for. */
export interface FileInput extends TraceInput {
  /** For whoever stops before the end; at the end the file closes itself. */
  close(): Promise<void>;
}

/** The bytes of a file from its start, a mebibyte at a time in one buffer that is used again. */
export function fileInput(path: string, name: string): FileInput {
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
    buffer ??= Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead > 0) return buffer.subarray(0, bytesRead);
    await close();
    return null;
  };
  return { name, next, close };
}

/** The start of a file, for detection. */
export async function head(path: string, name: string): Promise<Head> {
  const file = await openFile(path, name);
  try {
    const buffer = Buffer.alloc(HEAD_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) break;
    }
    return { name, bytes: buffer.subarray(0, Math.min(length, HEAD_BYTES)), complete: length <= HEAD_BYTES };
  } finally {
    await file.close();
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    throw fileError(error, name);
  });
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw new TraceError({ file: name }, "invalid", "file: it is a folder", "name a file in it");
  }
  return file;
}

function fileError(error: NodeJS.ErrnoException, name: string): Error {
  if (error.code === "ENOENT" || error.code === "ENOTDIR")
    return new TraceError({ file: name }, "missing", "file", "check its name", { cause: error });
  return new TraceError({ file: name }, "invalid", `file: ${error.code ?? error.message}`, "make it readable", {
    cause: error,
  });
}
