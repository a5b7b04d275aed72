import { endianness } from "node:os";
import { crc32, deflateSync } from "node:zlib";
import { colourTable } from "./colourTable.ts";
import { internationalText, type PngText } from "./pngText.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS = 8;
const INDEXED = 3;
/** Level 6 takes a third more time for 1 % fewer bytes, level 9 ten times as long for 5 %. */
const DEFLATE = { level: 4, memLevel: 9 };

/** Pixels as sharp gives them: four channels of a byte each. */
interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8Array;
}

/** A PNG with a table of colours (PNG 3rd edition, 11.2): for pictures of few colours a quarter of the bytes and of the time. */
export function palettePng({ widthPx, heightPx, rgba }: Picture, texts: readonly PngText[] = []): Buffer {
  const { colours, indexes } = colourTable(wordsOf(rgba));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header[8] = BITS;
  header[9] = INDEXED;
  const channels = Array.from(colours, (colour) => [0, 8, 16, 24].map((shift) => (colour >>> shift) & 255));
  const opaque = channels.every(([, , , alpha]) => alpha === 255);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    ...texts.map((text) => chunk("iTXt", internationalText(text))),
    chunk("PLTE", Buffer.from(channels.flatMap(([red, green, blue]) => [red!, green!, blue!]))),
    ...(opaque ? [] : [chunk("tRNS", Buffer.from(channels.map(([, , , alpha]) => alpha!)))]),
    chunk("IDAT", deflateSync(scanlines(indexes, widthPx, heightPx), DEFLATE)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Red in the lowest byte, on any machine. */
function wordsOf(rgba: Uint8Array): Uint32Array {
  const aligned = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  return endianness() === "LE" ? words : words.slice().map(swapped);
}

function swapped(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/** Each line begins with its filter: none. */
function scanlines(indexes: Uint8Array, width: number, height: number): Uint8Array {
  const lines = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) lines.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return lines;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
