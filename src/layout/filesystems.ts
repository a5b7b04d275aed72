import { type BtrfsChunk, type BtrfsSuper, btrfsFiles, btrfsPieces, stripedChunks } from "./btrfs.ts";
import type { Filesystem } from "./compose.ts";
import type { Dumpe2fs } from "./dumpe2fs.ts";
import type { FatGeometry } from "./fat.ts";
import { type Piece, piece } from "./pieces.ts";
import { type XfsGeometry, xfsPieces } from "./xfs.ts";

/** Each kind of filesystem as a piece of its device; `files` are what its tools tell beyond its geometry. */

export function extFilesystem(device: string, { type, bytes, pieces }: Dumpe2fs, files: readonly Piece[]): Filesystem {
  return { device, piece: piece(type, "filesystem", [[0, bytes]], [...pieces, ...files]) };
}

export function xfsFilesystem(device: string, geometry: XfsGeometry, files: readonly Piece[]): Filesystem {
  const bytes = geometry.blocks * geometry.blockBytes;
  return { device, piece: piece("xfs", "filesystem", [[0, bytes]], [...xfsPieces(geometry), ...files]) };
}

export function fatFilesystem(device: string, { bytes, pieces }: FatGeometry, files: readonly Piece[]): Filesystem {
  return { device, piece: piece("vfat", "filesystem", [[0, bytes]], [...pieces, ...files]) };
}

/** `tree` is what dump-tree printed: all of it, or the tree of chunks alone. */
export function btrfsFilesystem(
  device: string,
  own: BtrfsSuper,
  chunks: readonly BtrfsChunk[],
  tree: string,
): { readonly filesystem: Filesystem; readonly notes: readonly string[] } {
  const inner = [...btrfsPieces(own, chunks), ...btrfsFiles(tree, own, chunks)];
  const striped = stripedChunks(chunks);
  return {
    filesystem: { device, piece: piece("btrfs", "filesystem", [[0, own.bytes]], inner) },
    notes: striped === 0 ? [] : [`${striped} striped chunks of the btrfs on ${device} are not placed`],
  };
}
