import type { ByteNames } from "../text/byteNames.ts";
import type { ChunkShape } from "./chunkReader.ts";

const HIGH_WORD = 2 ** 32;
/** Numbers whose high word is below this are exact in a double. */
const MOST_HIGH = 2 ** 21;

/** Reads the first values of a page of the encoding PLAIN; gives false where they are not there, or not exact. Hot. */
export function readPlain(
  bytes: Uint8Array,
  type: ChunkShape["type"],
  names: ByteNames,
  into: Float64Array,
  count: number,
): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "INT64") return readInt64(view, into, count);
  if (type === "INT32") return readInt32(view, into, count);
  if (type === "BOOLEAN") return readBits(bytes, into, count);
  return readTexts(bytes, view, names, into, count);
}

function readInt64(view: DataView, into: Float64Array, count: number): boolean {
  if (view.byteLength < count * 8) return false;
  for (let i = 0; i < count; i++) {
    const high = view.getInt32(i * 8 + 4, true);
    if (high >= MOST_HIGH || high < -MOST_HIGH) return false;
    into[i] = high * HIGH_WORD + view.getUint32(i * 8, true);
  }
  return true;
}

function readInt32(view: DataView, into: Float64Array, count: number): boolean {
  if (view.byteLength < count * 4) return false;
  for (let i = 0; i < count; i++) into[i] = view.getInt32(i * 4, true);
  return true;
}

function readBits(bytes: Uint8Array, into: Float64Array, count: number): boolean {
  if (bytes.length * 8 < count) return false;
  for (let i = 0; i < count; i++) into[i] = (bytes[i >> 3]! >> (i & 7)) & 1;
  return true;
}

function readTexts(bytes: Uint8Array, view: DataView, names: ByteNames, into: Float64Array, count: number): boolean {
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) return false;
    const from = at + 4;
    at = from + view.getUint32(at, true);
    if (at > bytes.length) return false;
    into[i] = names.find(bytes, from, at);
  }
  return true;
}
