import { TraceError } from "../model/errors.ts";
import type { Extent } from "../model/layout.ts";
import { joined, type Piece, piece } from "./pieces.ts";

/** What `btrfs inspect-internal dump-super` says of the device. */
export interface BtrfsSuper {
  readonly device: string | null;
  readonly bytes: number;
  readonly nodeBytes: number;
  readonly deviceId: number;
}

export interface BtrfsChunk {
  /** data, metadata, system. */
  readonly type: string;
  readonly profile: string;
  readonly logicalBytes: number;
  readonly bytes: number;
  readonly stripes: readonly { readonly deviceId: number; readonly fromBytes: number }[];
}

/** Where btrfs keeps its superblock and the copies of it. */
const SUPERBLOCKS = [2 ** 16, 2 ** 26, 2 ** 38];
const SUPERBLOCK_BYTES = 4096;
/** Profiles in which every stripe holds all of the chunk. */
const WHOLE_COPIES = /^(?:single|DUP|RAID1C?\d?)$/;

export function parseBtrfsSuper(text: string, file: string): BtrfsSuper {
  const value = (key: string): number => {
    const found = new RegExp(`^${key}\\s+(\\d+)`, "m").exec(text)?.[1];
    if (found === undefined)
      throw new TraceError({ file }, "missing", key, "write it with btrfs inspect-internal dump-super");
    return Number(found);
  };
  return {
    device: /device=(\S+)/.exec(text)?.[1] ?? null,
    bytes: value("dev_item\\.total_bytes"),
    nodeBytes: value("nodesize"),
    deviceId: value("dev_item\\.devid"),
  };
}

/** The chunks in what `btrfs inspect-internal dump-tree` prints, of which `-t chunk` is enough. */
export function parseBtrfsChunks(text: string): readonly BtrfsChunk[] {
  return [...text.matchAll(/key \(FIRST_CHUNK_TREE CHUNK_ITEM (\d+)\)[^\n]*\n((?:(?!\titem )[^\n]*\n)*)/g)].map(
    ([, logical, body]) => {
      const [, length, flags] = /length (\d+) owner \d+ stripe_len \d+ type (\S+)/.exec(body!) ?? [];
      const words = (flags ?? "").split("|");
      return {
        type: words[0]!.toLowerCase(),
        profile: words.find((word) => /^(?:single|DUP|RAID\w+)$/.test(word)) ?? "single",
        logicalBytes: Number(logical),
        bytes: Number(length ?? 0),
        stripes: [...body!.matchAll(/stripe \d+ devid (\d+) offset (\d+)/g)].map(([, id, from]) => ({
          deviceId: Number(id),
          fromBytes: Number(from),
        })),
      };
    },
  );
}

/** Maps the filesystem's own addresses to the device; those in chunks that are striped are nowhere. */
export function btrfsMap(chunks: readonly BtrfsChunk[], deviceId: number): (extent: Extent) => readonly Extent[] {
  return ([from, length]) =>
    chunks.flatMap(({ profile, logicalBytes, bytes, stripes }): Extent[] => {
      const [start, end] = [Math.max(from, logicalBytes), Math.min(from + length, logicalBytes + bytes)];
      if (start >= end || !WHOLE_COPIES.test(profile)) return [];
      const own = stripes.filter((stripe) => stripe.deviceId === deviceId);
      return own.map(({ fromBytes }): Extent => [fromBytes + start - logicalBytes, end - start]);
    });
}

export function btrfsPieces({ bytes, deviceId }: BtrfsSuper, chunks: readonly BtrfsChunk[]): Piece[] {
  const superblocks = SUPERBLOCKS.filter((from) => from + SUPERBLOCK_BYTES <= bytes).map((from, i) =>
    piece(i === 0 ? "superblock" : `superblock copy ${i}`, "superblock", [[from, SUPERBLOCK_BYTES]]),
  );
  const counts = new Map<string, number>();
  const allocated = chunks.flatMap((chunk): Piece[] => {
    const number = (counts.get(chunk.type) ?? 0) + 1;
    counts.set(chunk.type, number);
    const extents = WHOLE_COPIES.test(chunk.profile)
      ? btrfsMap([chunk], deviceId)([chunk.logicalBytes, chunk.bytes])
      : [];
    return extents.length === 0 ? [] : [piece(`${chunk.type} chunk ${number}`, "allocation", extents)];
  });
  return [...allocated, ...superblocks];
}

/** Chunks whose stripes hold only parts of them. */
export function stripedChunks(chunks: readonly BtrfsChunk[]): number {
  return chunks.filter(({ profile }) => !WHOLE_COPIES.test(profile)).length;
}

interface Tree {
  readonly blocks: Extent[];
  readonly names: Map<string, { readonly parent: string; readonly name: string }>;
  readonly extents: Map<string, Extent[]>;
  root: { readonly tree: string; readonly directory: string; readonly name: string } | null;
}

/** The blocks of each tree, and the extents of each file, in all that `btrfs inspect-internal dump-tree` prints. */
export function btrfsFiles(text: string, { nodeBytes, deviceId }: BtrfsSuper, chunks: readonly BtrfsChunk[]): Piece[] {
  const trees = readTrees(text, nodeBytes);
  const map = btrfsMap(chunks, deviceId);
  const onDevice = (extents: readonly Extent[]) => joined(extents.flatMap(map));
  const pieces: Piece[] = [];
  for (const [id, { blocks }] of trees) {
    const extents = onDevice(blocks);
    if (extents.length > 0) pieces.push(piece(treeName(id), "metadata", extents));
  }
  for (const [id, tree] of trees)
    for (const [inode, own] of tree.extents) {
      const extents = onDevice(own);
      const path = pathOf(trees, id, inode);
      if (extents.length > 0) pieces.push(piece(path ?? `${treeName(id)}, inode ${inode}`, "file", extents));
    }
  return pieces;
}

function treeName(id: string): string {
  return /^\d+$/.test(id) ? `tree of subvolume ${id}` : id.toLowerCase().replaceAll("_", " ");
}

function readTrees(text: string, nodeBytes: number): ReadonlyMap<string, Tree> {
  const trees = new Map<string, Tree>();
  const treeOf = (id: string): Tree => {
    const known = trees.get(id);
    if (known !== undefined) return known;
    const fresh: Tree = { blocks: [], names: new Map(), extents: new Map(), root: null };
    trees.set(id, fresh);
    return fresh;
  };
  /** Snapshots share blocks, and each of them prints them. */
  const met = new Set<string>();
  let tree: Tree | null = null;
  let inode = "";
  let item = "";
  let offset = "";
  let start = 0;
  for (const line of text.split("\n")) {
    const [, kind, block, owner] = /^(leaf|node) (\d+) .*\bowner (\S+)$/.exec(line) ?? [];
    if (block !== undefined) {
      tree = met.has(block) ? null : treeOf(owner!);
      met.add(block);
      tree?.blocks.push([Number(block), nodeBytes]);
      item = kind === "node" ? "" : item;
      continue;
    }
    if (tree === null) continue;
    const key = /^\titem \d+ key \((\S+) (\S+) (\S+)\)/.exec(line);
    if (key !== null) {
      [, inode = "", item = "", offset = ""] = key;
      continue;
    }
    if (item === "INODE_REF") {
      const name = /^\t\tindex \d+ namelen \d+ name: (.*)$/.exec(line)?.[1];
      if (name !== undefined && !tree.names.has(inode)) tree.names.set(inode, { parent: offset, name });
    } else if (item === "ROOT_REF") {
      const [, directory, name] = /root ref key dirid (\d+) sequence \d+ name (.*)$/.exec(line) ?? [];
      if (directory !== undefined) treeOf(offset).root = { tree: inode, directory, name: name! };
    } else if (item === "EXTENT_DATA") {
      const [, from, length] = /^\t\t(?:extent|prealloc) data disk byte (\d+) nr (\d+)/.exec(line) ?? [];
      if (from !== undefined) {
        start = Number(from);
        if (start > 0) extentsOf(tree, inode).push([start, Number(length)]);
        continue;
      }
      // Of an extent that is not compressed, a file may have only a part.
      const [, skipped, used, whole] = /data offset (\d+) nr (\d+)(?: ram (\d+))?/.exec(line) ?? [];
      const last = tree.extents.get(inode)?.at(-1);
      if (skipped === undefined || start === 0 || last === undefined || last[0] !== start) continue;
      if (whole === undefined || Number(whole) === last[1])
        extentsOf(tree, inode).splice(-1, 1, [start + Number(skipped), Number(used)]);
    }
  }
  return trees;
}

function extentsOf({ extents }: Tree, inode: string): Extent[] {
  const known = extents.get(inode) ?? [];
  if (known.length === 0) extents.set(inode, known);
  return known;
}

const SUBVOLUME_ROOT = "256";
/** Deeper than any path can be: what refers to itself is left unnamed. */
const MOST_STEPS = 4096;

function pathOf(trees: ReadonlyMap<string, Tree>, id: string, inode: string): string | null {
  const names: string[] = [];
  let [tree, at] = [id, inode];
  for (let step = 0; step < MOST_STEPS; step++) {
    const own = trees.get(tree);
    if (at === SUBVOLUME_ROOT) {
      const root = own?.root ?? null;
      if (root === null) return `/${names.reverse().join("/")}`;
      names.push(root.name);
      [tree, at] = [root.tree, root.directory];
      continue;
    }
    const name = own?.names.get(at);
    if (name === undefined) return null;
    names.push(name.name);
    at = name.parent;
  }
  return null;
}
