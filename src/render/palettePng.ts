import { crc32, deflateSync } from "node:zlib";
import type { ColourRuns } from "./colourRuns.ts";
import { colourTable } from "./colourTable.ts";
import { internationalText, type PngText } from "./pngText.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS = 8;
const INDEXED = 3;
/** Level 4 takes twice as long for 12 % fewer bytes. */
const DEFLATE = { level: 3 };
/** The filter of a line whose bytes are differences to those of the line above (PNG 3rd edition, 9.2). */
const UP = 2;
/** Shorter runs are written faster byte by byte. */
const SHORT_RUN = 16;

/** A PNG with a table of colours (PNG 3rd edition, 11.2): for pictures of few colours a quarter of the bytes and of the time. */
export function palettePng(runs: ColourRuns, texts: readonly PngText[] = []): Buffer {
  const { widthPx, heightPx } = runs;
  const { colours, places } = colourTable(runs);
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
    chunk("IDAT", deflateSync(scanlines(runs, places), DEFLATE)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * Each line begins with its filter: none, or for one that is the same as the line above, the differences: zeros. The most
 * frequent colour, at place 0, is there as soon as the lines are.
 */
function scanlines({ widthPx: width, heightPx: height, rowStarts, ends, numbers }: ColourRuns, places: Uint8Array) {
  const lines = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    const line = y * (width + 1) + 1;
    if (rowStarts[y] === rowStarts[y + 1]) lines[line - 1] = UP;
    for (let run = rowStarts[y]!, x = 0; run < rowStarts[y + 1]!; run++) {
      const end = ends[run]!;
      const place = places[numbers[run]!]!;
      if (place === 0) x = end;
      else if (end - x > SHORT_RUN) lines.fill(place, line + x, line + end);
      else for (; x < end; x++) lines[line + x] = place;
      x = end;
    }
  }
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
