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

const FOOTER_END = { bytes: 8, magic: 0x31524150 } as const;
const CUT_CURE = "it was cut off, or is still being written: a Parquet file says at its end where everything is";

/** Throws where the end is not that of a Parquet file. */
export async function assertEnd(file: AsyncBuffer, name: string): Promise<void> {
  const from = Math.max(0, file.byteLength - FOOTER_END.bytes);
  const end = new DataView(await file.slice(from, file.byteLength));
  const place = { file: name };
  if (end.byteLength < FOOTER_END.bytes || end.getUint32(4, true) !== FOOTER_END.magic)
    throw new TraceError(place, "missing", 'end of the file, "PAR1"', CUT_CURE);
  const footerBytes = end.getUint32(0, true);
  if (footerBytes > from)
    throw new TraceError(
      place,
      "invalid",
      `length ${footerBytes} of the footer in a file of ${file.byteLength} bytes`,
      CUT_CURE,
    );
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
