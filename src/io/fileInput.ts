import { HEAD_BYTES, type Head, type RandomAccess, type TraceInput } from "../model/format.ts";
import { type Compression, compressionOf, LONGEST_MAGIC } from "./compression/compression.ts";
import { decompressed } from "./compression/decompress.ts";
import type { Decompressed } from "./compression/source.ts";
import { type FileBytes, fileBytes } from "./fileBytes.ts";

/** A trace's file, opened when its first bytes are asked for, and decompressed where it is compressed. */
export interface FileInput extends TraceInput {
  /** Known once the first bytes are here. */
  readonly compression: Compression | null;
  readonly cut: boolean;
  random(): Promise<RandomAccess | null>;
  /** For whoever stops before the end; at the end the file closes itself. */
  close(): Promise<void>;
}

export function fileInput(path: string, name: string, bytes: FileBytes = fileBytes(path, name)): FileInput {
  let compression: Compression | null = null;
  let cut = false;
  let started = false;
  let content: Decompressed | null = null;
  const start = async () => {
    started = true;
    const first = await bytes.next();
    compression = first === null ? null : compressionOf(first);
    if (first === null || compression === null) return first;
    content = decompressed({ name, next: startingWith(first, bytes.next) }, compression);
    return nextPart(content);
  };
  const nextPart = async (parts: Decompressed) => {
    const { done, value } = await parts.next();
    if (!done) return value;
    cut ||= value === false;
    return null;
  };
  return {
    name,
    get compression() {
      return compression;
    },
    get cut() {
      return cut;
    },
    next: () => (content !== null ? nextPart(content) : started ? bytes.next() : start()),
    async random() {
      const access = await bytes.random();
      return compressionOf(await access.read(0, LONGEST_MAGIC)) === null ? access : null;
    },
    async close() {
      await content?.return(true);
      await bytes.close();
    },
  };
}

/** The same bytes, the first of which were read to know what they are. */
function startingWith(first: Uint8Array, next: () => Promise<Uint8Array | null>): () => Promise<Uint8Array | null> {
  let waiting: Uint8Array | null = first;
  return async () => {
    const piece = waiting ?? (await next());
    waiting = null;
    return piece;
  };
}

/** The start of a file, for detection, and what it is compressed with. */
export interface FileHead extends Head {
  readonly compression: Compression | null;
}

export async function head(path: string, name: string): Promise<FileHead> {
  const input = fileInput(path, name);
  const buffer = Buffer.alloc(HEAD_BYTES + 1);
  let length = 0;
  try {
    for (let piece = await input.next(); piece !== null; piece = await input.next()) {
      const fitting = piece.subarray(0, buffer.length - length);
      buffer.set(fitting, length);
      length += fitting.length;
      if (length === buffer.length) break;
    }
  } finally {
    await input.close();
  }
  const complete = length <= HEAD_BYTES && !input.cut;
  return { name, bytes: buffer.subarray(0, Math.min(length, HEAD_BYTES)), complete, compression: input.compression };
}
