import { TraceError } from "../model/errors.ts";
import type { Extent, StructureKind } from "../model/layout.ts";
import { joined, type Piece, piece } from "./pieces.ts";

/** What `dumpe2fs` prints of an ext2, ext3 or ext4. */
export interface Dumpe2fs {
  /** "ext4". */
  readonly type: string;
  readonly blockBytes: number;
  readonly bytes: number;
  readonly lastMounted: string | null;
  /** Inodes that are no files, and what they hold. */
  readonly journalInode: number | null;
  readonly otherInodes: readonly { readonly inode: number; readonly name: string }[];
  readonly pieces: readonly Piece[];
}

/** More groups than this go together: a filesystem of half a tebibyte has as many. */
const MOST_NUMBERED = 4096;

const BOOT_BYTES = 1024;

export function parseDumpe2fs(text: string, file: string): Dumpe2fs {
  const value = headerOf(text);
  const number = (key: string): number => {
    const found = /^\d+/.exec(value(key) ?? "")?.[0];
    if (found === undefined)
      throw new TraceError({ file }, "missing", `"${key}"`, "put there what dumpe2fs printed, whole");
    return Number(found);
  };
  const blockBytes = number("Block size");
  const blocks = number("Block count");
  const features = new Set((value("Filesystem features") ?? "").split(/\s+/));
  const mounted = value("Last mounted on");
  return {
    type: features.has("extent") || features.has("extents") ? "ext4" : features.has("has_journal") ? "ext3" : "ext2",
    blockBytes,
    bytes: blocks * blockBytes,
    lastMounted: mounted?.startsWith("/") ? mounted : null,
    journalInode: inodeOf(value("Journal inode")),
    otherInodes: [
      ["User quota inode", "user quota"],
      ["Group quota inode", "group quota"],
      ["Project quota inode", "project quota"],
      ["Orphan file inode", "orphan file"],
    ].flatMap(([key, name]) => {
      const inode = inodeOf(value(key!));
      return inode === null ? [] : [{ inode, name: name! }];
    }),
    pieces: [
      ...(blockBytes === BOOT_BYTES ? [piece("boot block", "bootSector", [[0, BOOT_BYTES]])] : []),
      ...groupPieces(text, blockBytes),
      ...(features.has("mmp") ? mmpPiece(value("MMP block number"), blockBytes) : []),
    ],
  };
}

function headerOf(text: string): (key: string) => string | null {
  const end = /^Group \d+:/m.exec(text)?.index ?? text.length;
  const pairs = [...text.slice(0, end).matchAll(/^([^:\n]+):[ \t]*(.*)$/gm)];
  const values = new Map(pairs.map(([, key, value]) => [key!.trim(), value!.trim()]));
  return (key) => values.get(key) ?? null;
}

function inodeOf(text: string | null): number | null {
  const inode = Number(text ?? 0);
  return Number.isSafeInteger(inode) && inode > 0 ? inode : null;
}

function mmpPiece(text: string | null, blockBytes: number): Piece[] {
  const block = Number(text ?? 0);
  return block > 0 ? [piece("multiple mount protection", "metadata", [[block * blockBytes, blockBytes]])] : [];
}

interface Kind {
  readonly kind: StructureKind;
  readonly pattern: RegExp;
  /** How the first one is called, and the others; # is the group. */
  readonly first: string;
  readonly other: string;
}

const KINDS: readonly Kind[] = [
  kindOf("superblock", "(?:Primary|Backup) superblock", "superblock", "superblock copy, group #"),
  kindOf("groupDescriptors", "Group descriptors?", "group descriptors", "group descriptors copy, group #"),
  kindOf("reservedDescriptors", "Reserved GDT blocks", "reserved descriptors", "reserved descriptors copy, group #"),
  kindOf("blockBitmap", "Block bitmap", "block bitmap, group #", "block bitmap, group #"),
  kindOf("inodeBitmap", "Inode bitmap", "inode bitmap, group #", "inode bitmap, group #"),
  kindOf("inodeTable", "Inode table", "inode table, group #", "inode table, group #"),
];

function kindOf(kind: StructureKind, words: string, first: string, other: string): Kind {
  return { kind, first, other, pattern: new RegExp(`\\b${words} at (\\d+)(?:-(\\d+))?`, "i") };
}

/** What dumpe2fs says of each group; of very many groups, so many neighbours together that the list stays short. */
function groupPieces(text: string, blockBytes: number): Piece[] {
  const parts = text.split(/^(?=Group \d+:)/m).filter((part) => part.startsWith("Group "));
  const together = Math.ceil(parts.length / MOST_NUMBERED);
  const pieces: Piece[] = [];
  for (let from = 0; from < parts.length; from += together) {
    const some = parts.slice(from, from + together);
    for (const { kind, pattern, first, other } of KINDS) {
      const extents = some.flatMap((part): Extent[] => {
        const [, start, last = start] = pattern.exec(part) ?? [];
        return start === undefined ? [] : [extentOf(Number(start), Number(last), blockBytes)];
      });
      const name = from === 0 && kind === "superblock" && some.length > 1 ? "superblock and copies, group #" : other;
      const groups = some.length === 1 ? String(from) : `${from} to ${from + some.length - 1}`;
      const called = (from === 0 && some.length === 1 ? first : name).replace("#", groups);
      if (extents.length > 0) pieces.push(piece(called, kind, joined(extents)));
    }
  }
  return pieces;
}

/** Of a block of 1 KiB the superblock is all; a larger block 0 is written as a whole, with the boot block before it. */
function extentOf(first: number, last: number, blockBytes: number): Extent {
  return [first * blockBytes, (last - first + 1) * blockBytes];
}
