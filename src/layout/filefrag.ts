import { TraceError } from "../model/errors.ts";
import type { Extent } from "../model/layout.ts";
import { joined } from "./pieces.ts";

/** A file as `filefrag -v` lists it, in bytes of its filesystem. */
export interface ListedFile {
  readonly path: string;
  /** The magic number of its filesystem, as a word in hexadecimal: "ef53". */
  readonly magic: string;
  readonly extents: readonly Extent[];
}

/** Extents that lie nowhere yet, or not as they are counted. */
const NOWHERE = /\b(?:inline|delalloc|unknown_loc|unknown|encoded|not_aligned)\b/;

/** What `filefrag -v FILE…` prints. */
export function parseFilefrag(text: string, file: string): readonly ListedFile[] {
  const files: { path: string; magic: string; extents: Extent[] }[] = [];
  let magic = "";
  let blockBytes = 0;
  for (const [i, line] of text.split("\n").entries()) {
    magic = /^Filesystem type is: ([0-9a-f]+)/i.exec(line)?.[1]?.toLowerCase() ?? magic;
    const [, path, unit] = /^File size of (.*) is \d+ \(\d+ blocks? of (\d+) bytes?\)$/.exec(line) ?? [];
    if (path !== undefined) {
      blockBytes = Number(unit);
      files.push({ path, magic, extents: [] });
      continue;
    }
    const [, first, last, length, flags] = /^ *\d+: *\d+\.\. *\d+: *(\d+)\.\. *(\d+): *(\d+):(.*)$/.exec(line) ?? [];
    if (first === undefined || NOWHERE.test(flags!)) continue;
    const own = files.at(-1);
    if (own === undefined || Number(last) - Number(first) + 1 !== Number(length))
      throw new TraceError({ file, line: i + 1 }, "invalid", "extent", "write the file with filefrag -v");
    own.extents.push([Number(first) * blockBytes, Number(length) * blockBytes]);
  }
  return files.map((one) => ({ ...one, extents: joined(one.extents) })).filter(({ extents }) => extents.length > 0);
}
