import { TraceError } from "../model/errors.ts";
import type { Extent } from "../model/layout.ts";
import { type Piece, piece } from "./pieces.ts";

/** What `fsck.fat -n -v` says of a FAT. */
export interface FatGeometry {
  readonly bytes: number;
  readonly clusterBytes: number;
  readonly dataFromBytes: number;
  readonly pieces: readonly Piece[];
}

const FIRST_CLUSTER = 2;

export function parseFsckFat(text: string, file: string): FatGeometry {
  const value = (pattern: RegExp, what: string): number => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new TraceError({ file }, "missing", what, "write it with fsck.fat -n -v");
    return Number(found);
  };
  const sectorBytes = value(/(\d+) bytes per logical sector/, "bytes per logical sector");
  const clusterBytes = value(/(\d+) bytes per cluster/, "bytes per cluster");
  const fatFrom = value(/First FAT starts at byte (\d+)/, "start of the first FAT");
  const fats = value(/(\d+) FATs/, "number of FATs");
  const fatBytes = value(/(\d+) bytes per FAT/, "bytes per FAT");
  const dataFromBytes = value(/Data area starts at byte (\d+)/, "start of the data area");
  const clusters = value(/(\d+) data clusters/, "data clusters");
  const root = /Root directory starts at byte (\d+)/.exec(text)?.[1];
  return {
    bytes: value(/(\d+) sectors total/, "sectors total") * sectorBytes,
    clusterBytes,
    dataFromBytes,
    pieces: [
      piece("boot sector", "bootSector", [[0, sectorBytes]]),
      ...(fatFrom > sectorBytes ? [piece("reserved sectors", "metadata", [[sectorBytes, fatFrom - sectorBytes]])] : []),
      ...Array.from({ length: fats }, (_, i) =>
        piece(`FAT ${i + 1}`, "allocation", [[fatFrom + i * fatBytes, fatBytes]]),
      ),
      ...(root === undefined
        ? []
        : [piece("root directory", "directory", [[Number(root), dataFromBytes - Number(root)]])]),
      piece("data clusters", "allocation", [[dataFromBytes, clusters * clusterBytes]]),
    ],
  };
}

/** What `mdir -/ -b` lists: files, and directories with a slash at the end. */
export function parseMdir(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => (line.startsWith("::/") ? [line] : []));
}

/** What `mshowfat FILE…` prints of what mdir lists: "::/hello <2-5> <9>". */
export function parseMshowfat(
  text: string,
  listed: readonly string[],
  { clusterBytes, dataFromBytes }: FatGeometry,
): Piece[] {
  const directories = new Set(listed.filter((path) => path.endsWith("/")).map((path) => path.slice(2, -1)));
  return [...text.matchAll(/^::(\/.*?)\/? ((?:<\d+(?:-\d+)?> ?)+)$/gm)].map(([, path, list]) => {
    const extents = [...list!.matchAll(/(\d+)(?:-(\d+))?/g)].map(([, first, last = first]): Extent => {
      const from = dataFromBytes + (Number(first) - FIRST_CLUSTER) * clusterBytes;
      return [from, (Number(last) - Number(first!) + 1) * clusterBytes];
    });
    return piece(path!, directories.has(path!) ? "directory" : "file", extents);
  });
}
