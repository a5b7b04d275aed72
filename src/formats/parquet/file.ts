import type { AsyncBuffer } from "hyparquet";
import { TraceError } from "../../model/errors.ts";
import type { RandomAccess, TraceInput } from "../../model/format.ts";
import { bytesText } from "../../model/quantities.ts";

/** A file that can only be read from its start is kept in memory, where it is not larger than this. */
const MOST_KEPT_BYTES = 1 << 28;

/** The file as hyparquet reads it: its end first. */
export async function asyncBuffer(input: TraceInput): Promise<AsyncBuffer> {
  const { bytes, read } = (await input.random?.()) ?? (await kept(input));
  return {
    byteLength: bytes,
    async slice(from, to = bytes) {
      const piece = await read(from, Math.min(to, bytes));
      return piece.buffer.slice(piece.byteOffset, piece.byteOffset + piece.byteLength) as ArrayBuffer;
    },
  };
}

async function kept(input: TraceInput): Promise<RandomAccess> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = await input.next(); piece !== null; piece = await input.next()) {
    length += piece.length;
    if (length > MOST_KEPT_BYTES) {
      const what = `compressed Parquet of more than ${bytesText(MOST_KEPT_BYTES)}`;
      throw new TraceError(
        { file: input.name },
        "unsupported",
        what,
        "decompress the file: Parquet compresses its own columns",
      );
    }
    pieces.push(piece.slice());
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { bytes: length, read: async (from, to) => whole.subarray(from, to) };
}
