import { isContainer, type StructureKind } from "./layout.ts";
import { counted } from "./quantities.ts";

const NOUNS: Readonly<Record<StructureKind, readonly [one: string, many: string]>> = {
  partitionTable: ["partition table", "partition tables"],
  partition: ["partition", "partitions"],
  lvmMetadata: ["LVM metadata area", "LVM metadata areas"],
  logicalVolume: ["logical volume", "logical volumes"],
  raidMetadata: ["RAID metadata area", "RAID metadata areas"],
  filesystem: ["filesystem", "filesystems"],
  bootSector: ["boot sector", "boot sectors"],
  superblock: ["superblock", "superblocks"],
  groupDescriptors: ["block of group descriptors", "blocks of group descriptors"],
  reservedDescriptors: ["block of reserved descriptors", "blocks of reserved descriptors"],
  blockBitmap: ["block bitmap", "block bitmaps"],
  inodeBitmap: ["inode bitmap", "inode bitmaps"],
  inodeTable: ["inode table", "inode tables"],
  journal: ["journal", "journals"],
  allocation: ["allocation structure", "allocation structures"],
  metadata: ["metadata area", "metadata areas"],
  directory: ["directory", "directories"],
  file: ["file", "files"],
};

/** "12 files": how many structures of a kind. */
export function countedKind(kind: StructureKind, count: number): string {
  return counted(count, ...NOUNS[kind]);
}

/** "inode tables". */
export function pluralKind(kind: StructureKind): string {
  return NOUNS[kind][1];
}

/** "journal", "/hello"; of what holds others, "elsewhere in ext4": what was touched there has no name of its own. */
export function touchedName({ name, kind }: { readonly name: string; readonly kind: StructureKind }): string {
  return isContainer(kind) ? `elsewhere in ${name}` : name;
}
