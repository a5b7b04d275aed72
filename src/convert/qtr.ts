import { OP_CODE } from "../model/ops.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import { LeftOut } from "./leftOut.ts";
import { Lines, word } from "./lines.ts";
import { extentOf, type Source } from "./source.ts";
import type { Target, Writer } from "./target.ts";

const LETTERS = new Map([
  [OP_CODE.read, word("R ")],
  [OP_CODE.write, word("W ")],
]);
const BLANK = word(" ");
const LINE_END = word("\n");

/** The .qtr of libguestfs' visualize-alignment: the size of the disk, then reads and writes in whole sectors. */
export const qtr = {
  id: "qtr",
  title: "qtr",
  suffix: ".qtr",
  binary: false,
  oneDevice: true,
  carries: [],
  marks: false,
  completions: false,
  writer: qtrWriter,
} as const satisfies Target;

function qtrWriter(source: Source): Writer {
  const leftOut = new LeftOut(qtr.title);
  const size = sizeOf(source);
  const lines = new Lines();
  lines.word(word(`S ${size.sectors}\n`));
  return {
    add({ length, op, offsetBytes, lengthBytes }) {
      for (let i = 0; i < length; i++) {
        const letter = LETTERS.get(op[i]!);
        const sector = offsetBytes[i]! / SECTOR_BYTES;
        const count = lengthBytes[i]! / SECTOR_BYTES;
        if (letter === undefined) leftOut.op(op[i]!);
        else if (!Number.isInteger(sector) || !Number.isInteger(count)) leftOut.because("parts of sectors");
        else {
          lines.word(letter);
          lines.number(sector);
          lines.word(BLANK);
          lines.number(count);
          lines.word(LINE_END);
        }
      }
      return lines.take();
    },
    finish: () => lines.take(),
    leftOut: () => leftOut.total,
    notes: () => [
      ...(size.known ? [] : ["the size of the disk is not known: S is where the last request ends"]),
      ...leftOut.notes(),
    ],
  };
}

/** The disk's size, or where the farthest request ends. */
function sizeOf(source: Source): { readonly sectors: number; readonly known: boolean } {
  const device = [...source.extents.keys()][0] ?? source.selected[0];
  const bytes = device === undefined ? null : source.devices[device]!.bytes;
  if (bytes !== null) return { sectors: Math.floor(bytes / SECTOR_BYTES), known: true };
  const endBytes = device === undefined ? 0 : extentOf(source, device).endBytes;
  return { sectors: Math.ceil(endBytes / SECTOR_BYTES), known: false };
}
