import { TraceError } from "../model/errors.ts";
import type { Extent } from "../model/layout.ts";
import { joined, type Piece, piece } from "./pieces.ts";

/** The geometry of an xfs. */
export interface XfsGeometry {
  readonly blockBytes: number;
  readonly sectorBytes: number;
  readonly inodeBytes: number;
  readonly blocks: number;
  readonly groups: number;
  readonly groupBlocks: number;
  readonly rootInode: number | null;
  readonly log: { readonly fromBytes: number; readonly bytes: number } | null;
}

/** "name = value" lines of `xfs_db -r -c 'sb 0' -c p`. */
export function parseXfsSuperblock(text: string, file: string): XfsGeometry {
  const value = (key: string): number => {
    const found = new RegExp(`^${key} = (\\d+)$`, "m").exec(text)?.[1];
    if (found === undefined) throw new TraceError({ file }, "missing", key, "write it with xfs_db -r -c 'sb 0' -c p");
    return Number(found);
  };
  const [blockBytes, groupBlocks, groupBits] = [value("blocksize"), value("agblocks"), value("agblklog")];
  const logStart = value("logstart");
  const [group, block] = [Math.floor(logStart / 2 ** groupBits), logStart % 2 ** groupBits];
  return {
    blockBytes,
    sectorBytes: value("sectsize"),
    inodeBytes: value("inodesize"),
    blocks: value("dblocks"),
    groups: value("agcount"),
    groupBlocks,
    rootInode: value("rootino"),
    log:
      logStart === 0
        ? null
        : { fromBytes: (group * groupBlocks + block) * blockBytes, bytes: value("logblocks") * blockBytes },
  };
}

/** `xfs_info`, which does not say where the log is. */
export function parseXfsInfo(text: string, file: string): { device: string; geometry: XfsGeometry } {
  const value = (pattern: RegExp, what: string): string => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new TraceError({ file }, "missing", what, "put there what xfs_info printed, whole");
    return found;
  };
  return {
    device: value(/meta-data=(\S+)/, "meta-data"),
    geometry: {
      blockBytes: Number(value(/^data .*bsize=(\d+)/m, "bsize of the data")),
      sectorBytes: Number(value(/sectsz=(\d+)/, "sectsz")),
      inodeBytes: Number(value(/isize=(\d+)/, "isize")),
      blocks: Number(value(/^data .*blocks=(\d+)/m, "blocks of the data")),
      groups: Number(value(/agcount=(\d+)/, "agcount")),
      groupBlocks: Number(value(/agsize=(\d+)/, "agsize")),
      rootInode: null,
      log: null,
    },
  };
}

/** The four headers that begin each allocation group, and the log. */
export function xfsPieces({ sectorBytes, groups, groupBlocks, blockBytes, log }: XfsGeometry): Piece[] {
  const pieces: Piece[] = [];
  for (let group = 0; group < groups; group++) {
    const start = group * groupBlocks * blockBytes;
    const at = (sector: number): Extent[] => [[start + sector * sectorBytes, sectorBytes]];
    pieces.push(
      piece(group === 0 ? "superblock" : `superblock copy, AG ${group}`, "superblock", at(0)),
      piece(`free space header (AGF), AG ${group}`, "allocation", at(1)),
      piece(`inode header (AGI), AG ${group}`, "allocation", at(2)),
      piece(`free list (AGFL), AG ${group}`, "allocation", at(3)),
    );
  }
  if (log !== null) pieces.push(piece("log", "journal", [[log.fromBytes, log.bytes]]));
  return pieces;
}

const TREES: readonly (readonly [key: string, name: string])[] = [
  ["bnoroot", "free space by block"],
  ["cntroot", "free space by size"],
  ["rmaproot", "reverse map"],
  ["refcntroot", "reference counts"],
  ["root", "inode tree"],
  ["free_root", "free inode tree"],
];

/** The commands of which `parseXfsGroup` understands the answer. */
export function groupCommands(group: number): string[] {
  return [`agf ${group}`, "p", `agi ${group}`, "p", "addr root", "btdump"];
}

/** Roots of the trees of an allocation group, and the chunks of its inodes. */
export function parseXfsGroup(
  text: string,
  group: number,
  { blockBytes, groupBlocks, inodeBytes }: XfsGeometry,
): Piece[] {
  const start = group * groupBlocks * blockBytes;
  const roots = TREES.flatMap(([key, name]) => {
    const block = new RegExp(`^${key} = (\\d+)$`, "m").exec(text)?.[1];
    const extents: Extent[] = [[start + Number(block ?? 0) * blockBytes, blockBytes]];
    return block === undefined ? [] : [piece(`${name}, AG ${group}`, "allocation", extents)];
  });
  // [startino,holemask,count,freecount,free], or without the two in the middle where inodes are not sparse.
  const chunks = [...text.matchAll(/^\d+:\[(\d+),(?:(0x[0-9a-f]+|0),)?[^\]\n]*\]/gm)].flatMap(
    ([, first, holes = "0"]) =>
      inodeRuns(Number(first), Number(holes)).map(
        ([inode, count]): Extent => [start + inode * inodeBytes, count * inodeBytes],
      ),
  );
  return [...roots, ...(chunks.length === 0 ? [] : [piece(`inodes, AG ${group}`, "inodeTable", joined(chunks))])];
}

/** Each bit of the hole mask is four inodes that have no room. */
function inodeRuns(first: number, holes: number): (readonly [number, number])[] {
  return Array.from({ length: 16 }, (_, i) => i)
    .filter((i) => (holes & (1 << i)) === 0)
    .map((i) => [first + i * 4, 4] as const);
}

export interface XfsName {
  readonly inode: number;
  readonly path: string;
  readonly isDirectory: boolean;
}

/** The answer of `blockget -n` and `ncheck`: an inode and its path a line; directories end with "/.". */
export function parseXfsNames(text: string, { rootInode }: XfsGeometry): readonly XfsName[] {
  const names = new Map<number, XfsName>();
  if (rootInode !== null) names.set(rootInode, { inode: rootInode, path: "/", isDirectory: true });
  for (const [, inode, path] of text.matchAll(/^ *(\d+) (.+)$/gm)) {
    const isDirectory = path === "." || path!.endsWith("/.");
    const plain = path!.replace(/\/?\.$/, (end) => (isDirectory ? "" : end));
    if (!names.has(Number(inode))) names.set(Number(inode), { inode: Number(inode), path: `/${plain}`, isDirectory });
  }
  return [...names.values()].sort((a, b) => a.inode - b.inode);
}

/** The commands of which `parseXfsMaps` understands the answer. */
export function mapCommands({ inode }: XfsName): string[] {
  return [`inode ${inode}`, `echo inode ${inode}`, "bmap"];
}

export function parseXfsMaps(text: string, names: readonly XfsName[], geometry: XfsGeometry): Piece[] {
  const { blockBytes, groupBlocks } = geometry;
  const byInode = new Map(names.map((name) => [name.inode, name]));
  return text.split(/^inode (?=\d+ *$)/m).flatMap((part) => {
    const name = byInode.get(Number(/^\d+/.exec(part)?.[0] ?? Number.NaN));
    if (name === undefined) return [];
    const extentsOf = (fork: string) =>
      [...part.matchAll(new RegExp(`^${fork} offset \\d+ startblock \\d+ \\((\\d+)/(\\d+)\\) count (\\d+)`, "gm"))].map(
        ([, group, block, count]): Extent => [
          (Number(group) * groupBlocks + Number(block)) * blockBytes,
          Number(count) * blockBytes,
        ],
      );
    const [data, attributes] = [extentsOf("data"), extentsOf("attr")];
    return [
      ...(data.length === 0 ? [] : [piece(name.path, name.isDirectory ? "directory" : "file", joined(data))]),
      ...(attributes.length === 0 ? [] : [piece(`attributes of ${name.path}`, "metadata", joined(attributes))]),
    ];
  });
}
