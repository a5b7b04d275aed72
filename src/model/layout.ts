import type { Bytes } from "./units.ts";

/** What a filesystem writes for itself. */
const FILESYSTEM_METADATA = [
  "bootSector",
  "superblock",
  "groupDescriptors",
  "reservedDescriptors",
  "blockBitmap",
  "inodeBitmap",
  "inodeTable",
  "journal",
  /** Headers and free-space trees of an xfs allocation group, trees and chunks of btrfs, tables of FAT. */
  "allocation",
  "metadata",
  "directory",
] as const;

/** What lies at a place of a disk, from the outermost kind to the innermost. */
export const STRUCTURE_KINDS = [
  "partitionTable",
  "partition",
  /** Labels, headers and metadata of LVM. */
  "lvmMetadata",
  "logicalVolume",
  "raidMetadata",
  "filesystem",
  ...FILESYSTEM_METADATA,
  "file",
] as const;
export type StructureKind = (typeof STRUCTURE_KINDS)[number];

const CONTAINERS: readonly StructureKind[] = ["partition", "logicalVolume", "filesystem"];

/** Whether it is there for what lies in it: what is its own alone has no name. */
export function isContainer(kind: StructureKind): boolean {
  return CONTAINERS.includes(kind);
}

export function isFilesystemMetadata(kind: StructureKind): boolean {
  return (FILESYSTEM_METADATA as readonly StructureKind[]).includes(kind);
}

/** A stretch of a device. */
export type Extent = readonly [fromBytes: Bytes, lengthBytes: Bytes];

/** Something with a name on a device: a partition, a journal, a file. */
export interface Structure {
  /** As people call it: "sda1", "inode table, group 0", "/hello". */
  readonly name: string;
  readonly kind: StructureKind;
  /** The position in the device's list of the structure that holds it, which stands before it; null: the device itself. */
  readonly within: number | null;
  /** In bytes of the device, in order of the structure's own addresses. */
  readonly extents: readonly Extent[];
}

/** What lies where on one device of a trace. Where structures overlap, the later one in the list is the more exact. */
export interface DeviceLayout {
  /** The device's id or name in the trace; null: the trace has only this one. */
  readonly device: string | null;
  readonly bytes: Bytes | null;
  readonly structures: readonly Structure[];
}

/** The disks of a trace as the tools of their partitions, volumes and filesystems tell. */
export interface Layout {
  /** What told it: "dumpe2fs 1.47.0". */
  readonly sources: readonly string[];
  readonly devices: readonly DeviceLayout[];
}
