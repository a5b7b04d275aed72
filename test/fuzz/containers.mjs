import { crc32, gzipSync } from "node:zlib";
import { joined } from "./mutate/pieces.mjs";

/** Bytes as gzip, zstd and xz files; the last two hold them as they are, so that what reads them has to be nothing but right. */
export const CONTAINERS = { gz: gzipped, zst: zstandard, xz };

function gzipped(bytes) {
  return gzipSync(bytes, { level: 1 });
}

const MOST_IN_BLOCK = 65536;

function blocksOf(bytes) {
  const count = Math.max(1, Math.ceil(bytes.length / MOST_IN_BLOCK));
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * MOST_IN_BLOCK, (i + 1) * MOST_IN_BLOCK));
}

/** RFC 8878: one frame of raw blocks. */
function zstandard(bytes) {
  const blocks = blocksOf(bytes).map((block, i, all) => {
    const head = (block.length << 3) | (i === all.length - 1 ? 1 : 0);
    return joined(Uint8Array.of(head, head >> 8, head >> 16), block);
  });
  return joined(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xa0), word(bytes.length), ...blocks);
}

/** The .xz file format 1.1: one block of one LZMA2 filter, whose chunks are not compressed. */
function xz(bytes) {
  const flags = Uint8Array.of(0, 1);
  const chunks = blocksOf(bytes).filter(({ length }) => length > 0);
  const data = joined(...chunks.flatMap((chunk) => [chunkHead(chunk.length), chunk]), Uint8Array.of(0));
  const head = withCrc(Uint8Array.of(2, 0, 0x21, 1, 0x16, 0, 0, 0));
  const padding = new Uint8Array(-data.length & 3);
  const unpadded = head.length + data.length + 4;
  const list = joined(Uint8Array.of(0, 1), varint(unpadded), varint(bytes.length));
  const index = withCrc(joined(list, new Uint8Array(-list.length & 3)));
  const footer = joined(word(index.length / 4 - 1), flags);
  return joined(
    Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
    withCrc(flags),
    head,
    data,
    padding,
    word(crc32(bytes)),
    index,
    word(crc32(footer)),
    footer,
    Uint8Array.of(0x59, 0x5a),
  );
}

function chunkHead(length) {
  return Uint8Array.of(1, (length - 1) >> 8, length - 1);
}

function withCrc(bytes) {
  return joined(bytes, word(crc32(bytes)));
}

function word(number) {
  return Uint8Array.of(number, number >> 8, number >> 16, number >> 24);
}

function varint(number) {
  const bytes = [];
  for (let left = number; ; left >>>= 7) {
    if (left < 0x80) return Uint8Array.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
}
