import type { Extent } from "../model/layout.ts";
import type { Dumpe2fs } from "./dumpe2fs.ts";
import { joined, type Piece, piece } from "./pieces.ts";

/** An entry of a directory, as `ls -p` of debugfs prints it. */
export interface DirectoryEntry {
  readonly inode: number;
  /** As in st_mode. */
  readonly mode: number;
  readonly bytes: number;
  readonly name: string;
}

/** Where the content of an inode lies, as `stat` of debugfs prints it, in bytes of the filesystem. */
export interface InodeBlocks {
  readonly data: readonly Extent[];
  /** Blocks of its extent tree, or its indirect blocks. */
  readonly tree: readonly Extent[];
  /** Those of the tree that lead to indirect blocks. */
  readonly doublyIndirect: readonly Extent[];
  /** Its extended attributes, where they have a block. */
  readonly attributes: readonly Extent[];
}

const ROOT = 2;
/** Holds the descriptors that are reserved, which groups have anyway, and one block of its own. */
const RESIZE = 7;
const TYPE_BITS = 0o170000;
const DIRECTORY = 0o040000;
const FILE = 0o100000;
const LINK = 0o120000;
/** A shorter link lies in its inode. */
const FEWEST_LINK_BYTES = 60;
/** Inodes of one run of debugfs, of whose answer a text is made. */
const RUN_INODES = 5000;

/** What debugfs was asked is in its answer: this begins each part. Names hold no slash, so that none is taken for it. */
const ENTRY = /\/(\d+)\/(\d{6})\/\d*\/\d*\/([^/]*)\/(\d*)\/\n/y;

/** The directories in the answer of `ls -p <N>`…, by their inode. */
export function parseDirectories(text: string): ReadonlyMap<number, readonly DirectoryEntry[]> {
  const directories = new Map<number, readonly DirectoryEntry[]>();
  const head = /(?:^|\n)debugfs: +ls -p <(\d+)>\n/y;
  let at = 0;
  while (at < text.length) {
    head.lastIndex = at;
    const found = head.exec(text);
    if (found === null) {
      const next = text.indexOf("debugfs: ", at + 1);
      if (next < 0) break;
      at = text[next - 1] === "\n" ? next : next + 1;
      continue;
    }
    const entries: DirectoryEntry[] = [];
    ENTRY.lastIndex = head.lastIndex;
    for (let entry = ENTRY.exec(text); entry !== null; entry = ENTRY.exec(text)) {
      at = ENTRY.lastIndex;
      const [, inode, mode, name, bytes] = entry;
      entries.push({ inode: Number(inode), mode: Number.parseInt(mode!, 8), bytes: Number(bytes ?? 0), name: name! });
    }
    at = Math.max(at, head.lastIndex);
    directories.set(Number(found[1]), entries);
  }
  return directories;
}

/** The inodes in the answer of `stat <N>`…; a stat of anything else is passed over. */
export function parseInodes(text: string, blockBytes: number): ReadonlyMap<number, InodeBlocks> {
  const inodes = new Map<number, InodeBlocks>();
  for (const part of text.split(/^debugfs: +/m)) {
    const inode = /^stat <(\d+)>\n/.exec(part)?.[1];
    if (inode === undefined) continue;
    const list = /^(?:EXTENTS|BLOCKS):\n(.*)$/m.exec(part)?.[1] ?? "";
    const acl = Number(/^File ACL: (\d+)/m.exec(part)?.[1] ?? 0);
    inodes.set(Number(inode), {
      ...blocksOf(list, blockBytes),
      attributes: acl > 0 ? [[acl * blockBytes, blockBytes]] : [],
    });
  }
  return inodes;
}

/** "(0-11):24-35, (IND):36, (12[u]):37". */
function blocksOf(list: string, blockBytes: number): Omit<InodeBlocks, "attributes"> {
  const data: Extent[] = [];
  const tree: Extent[] = [];
  const doublyIndirect: Extent[] = [];
  for (const [, what, first, last = first] of list.matchAll(/\(([^)]*)\):(\d+)(?:-(\d+))?/g)) {
    const extent: Extent = [Number(first) * blockBytes, (Number(last) - Number(first!) + 1) * blockBytes];
    (/^\d/.test(what!) ? data : tree).push(extent);
    if (what === "DIND") doublyIndirect.push(extent);
  }
  return { data: joined(data), tree: joined(tree), doublyIndirect };
}

/** How much of a filesystem is listed; the rest is counted. */
export interface FileLimits {
  readonly files: number;
  readonly extents: number;
}

const FILE_LIMITS: FileLimits = { files: 100_000, extents: 500_000 };

export interface FileList {
  readonly pieces: readonly Piece[];
  /** Whether a limit was met: what has no name may be a file. */
  readonly isCut: boolean;
}

interface Named {
  readonly inode: number;
  readonly path: string;
  readonly isDirectory: boolean;
}

/** The journal, the directories and the files of a filesystem. `run` gives the answer of debugfs to some commands. */
export async function extFiles(
  { journalInode, otherInodes, blockBytes }: Dumpe2fs,
  run: (commands: string) => Promise<string>,
  limits: FileLimits = FILE_LIMITS,
): Promise<FileList> {
  const { named, isCut } = await tree(run, limits.files);
  const special = new Set(specialInodes({ journalInode, otherInodes }));
  const pieces: Piece[] = [];
  const attributes = new Set<number>();
  let left = limits.extents;
  for (const inodes of batches([...special, ...named.map(({ inode }) => inode)])) {
    const found = parseInodes(await run(inodes.map((inode) => `stat <${inode}>\n`).join("")), blockBytes);
    for (const inode of inodes) {
      const blocks = found.get(inode);
      if (blocks === undefined) continue;
      left -= blocks.data.length + blocks.tree.length;
      if (left < 0) return { pieces, isCut: true };
      const own = special.has(inode) ? null : named[pathOf(named, inode)]!;
      pieces.push(...inodePieces(own, inode, blocks, { journalInode, otherInodes, attributes }));
    }
  }
  return { pieces, isCut };
}

/** The place of an inode in the list, which is sorted by inode. */
function pathOf(named: readonly Named[], inode: number): number {
  let [low, high] = [0, named.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (named[middle]!.inode < inode) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Directories, files and long links, each inode once by its first name, in order of inodes. */
async function tree(
  run: (commands: string) => Promise<string>,
  most: number,
): Promise<{ named: readonly Named[]; isCut: boolean }> {
  const named = new Map<number, Named>([[ROOT, { inode: ROOT, path: "/", isDirectory: true }]]);
  let level: readonly Named[] = [...named.values()];
  let isCut = false;
  while (level.length > 0 && !isCut) {
    const next: Named[] = [];
    for (const some of batches(level)) {
      const listed = parseDirectories(await run(some.map(({ inode }) => `ls -p <${inode}>\n`).join("")));
      for (const { inode, path } of some)
        for (const entry of listed.get(inode) ?? []) {
          const isDirectory = (entry.mode & TYPE_BITS) === DIRECTORY;
          if (entry.inode === 0 || named.has(entry.inode) || !hasBlocks(entry)) continue;
          isCut ||= named.size >= most;
          if (isCut) break;
          const own = { inode: entry.inode, path: `${path === "/" ? "" : path}/${entry.name}`, isDirectory };
          named.set(own.inode, own);
          if (isDirectory) next.push(own);
        }
    }
    level = next;
  }
  return { named: [...named.values()].sort((a, b) => a.inode - b.inode), isCut };
}

function hasBlocks({ mode, bytes }: DirectoryEntry): boolean {
  const type = mode & TYPE_BITS;
  return type === DIRECTORY || (type === FILE && bytes > 0) || (type === LINK && bytes >= FEWEST_LINK_BYTES);
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += RUN_INODES) yield items.slice(from, from + RUN_INODES);
}

function specialInodes({ journalInode, otherInodes }: Pick<Dumpe2fs, "journalInode" | "otherInodes">): number[] {
  return [RESIZE, ...(journalInode === null ? [] : [journalInode]), ...otherInodes.map(({ inode }) => inode)];
}

function inodePieces(
  own: Named | null,
  inode: number,
  { data, tree, doublyIndirect, attributes }: InodeBlocks,
  known: Pick<Dumpe2fs, "journalInode" | "otherInodes"> & { readonly attributes: Set<number> },
): Piece[] {
  if (inode === RESIZE)
    return doublyIndirect.length === 0 ? [] : [piece("map of reserved descriptors", "metadata", doublyIndirect)];
  const isJournal = inode === known.journalInode;
  const special = isJournal ? "journal" : known.otherInodes.find((other) => other.inode === inode)?.name;
  const name = special ?? own?.path ?? `inode ${inode}`;
  const kind = isJournal ? "journal" : special !== undefined ? "metadata" : own?.isDirectory ? "directory" : "file";
  // Many inodes may share a block of attributes.
  const ownAttributes = attributes.filter(([from]) => !known.attributes.has(from) && known.attributes.add(from));
  return [
    ...(data.length === 0 ? [] : [piece(name, kind, data)]),
    ...(tree.length === 0 ? [] : [piece(`block map of ${name}`, "metadata", tree)]),
    ...(ownAttributes.length === 0 ? [] : [piece(`attributes of ${name}`, "metadata", ownAttributes)]),
  ];
}
