const WIDEST_BITS = 24;

/**
 * Reads numbers of so many bits in Parquet's mix of runs and packed bits
 * (https://github.com/apache/parquet-format/blob/apache-parquet-format-2.11.0/Encodings.md#RLE); gives whether there are
 * so many. Hot.
 */
export function readHybrid(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  into: Int32Array,
  count: number,
): boolean {
  if (width > WIDEST_BITS) return false;
  let at = from;
  let done = 0;
  while (done < count) {
    let header = 0;
    let shift = 0;
    let byte = 0x80;
    while (byte >= 0x80) {
      if (at === to || shift > 21) return false;
      byte = bytes[at++]!;
      header |= (byte & 0x7f) << shift;
      shift += 7;
    }
    const isPacked = (header & 1) === 1;
    const values = Math.min(isPacked ? (header >>> 1) * 8 : header >>> 1, count - done);
    const length = isPacked ? (header >>> 1) * width : (width + 7) >> 3;
    if (values === 0) return false;
    // The last packed run may be cut behind its last value.
    if (isPacked ? at + ((values * width + 7) >> 3) > to : at + length > to) return false;
    if (isPacked) unpack(bytes, at, width, into, done, values);
    else into.fill(runValue(bytes, at, width), done, done + values);
    at += length;
    done += values;
  }
  return true;
}

function runValue(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i * 8 < width; i++) value |= bytes[at + i]! << (i * 8);
  return value;
}

function unpack(bytes: Uint8Array, from: number, width: number, into: Int32Array, first: number, count: number): void {
  const mask = (1 << width) - 1;
  let at = from;
  let held = 0;
  let bits = 0;
  for (let i = first; i < first + count; i++) {
    while (bits < width) {
      held |= bytes[at++]! << bits;
      bits += 8;
    }
    into[i] = held & mask;
    held >>>= width;
    bits -= width;
  }
}
