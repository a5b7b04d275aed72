import type { DeviceLayout, Layout } from "../model/layout.ts";
import { LARGEST_EXACT } from "../model/units.ts";
import { lvmName, partitionName, shortName } from "./deviceName.ts";
import type { MappedSegment } from "./dmsetup.ts";
import { everyDevice, type ListedDevice } from "./lsblk.ts";
import type { PhysicalVolume, VolumeSegment } from "./lvm.ts";
import { type ArrayMember, joinedMembers, superblockPieces } from "./mdadm.ts";
import { flattened, moved, type Piece, piece, type Segment, segmented, shifted } from "./pieces.ts";
import { bytesOfTable, diskOf, type Partition, type PartitionTable, tablePieces } from "./sfdisk.ts";

/** What the tools told of the disks of one machine, or of one image. */
export interface DiskFacts {
  readonly sources: readonly string[];
  readonly tables: readonly PartitionTable[];
  readonly listed: readonly ListedDevice[];
  readonly physical: readonly PhysicalVolume[];
  /** The size of an extent of each volume group; without one it is counted from a linear segment. */
  readonly extentBytes: ReadonlyMap<string, number>;
  readonly segments: readonly VolumeSegment[];
  readonly mapped: readonly MappedSegment[];
  readonly members: readonly ArrayMember[];
  readonly filesystems: readonly Filesystem[];
  /** Of an image: its size, and how the trace calls the disk. */
  readonly image: { readonly name: string | null; readonly bytes: number | null } | null;
}

/** A filesystem with its structures, at addresses of its device. */
export interface Filesystem {
  /** vda1, dm-0, VG-LV, or IMAGE and its partitions. */
  readonly device: string;
  readonly piece: Piece;
}

export interface Composed {
  readonly layout: Layout;
  /** What could not be placed, and why. */
  readonly notes: readonly string[];
}

export const NO_FACTS: DiskFacts = {
  sources: [],
  tables: [],
  listed: [],
  physical: [],
  extentBytes: new Map(),
  segments: [],
  mapped: [],
  members: [],
  filesystems: [],
  image: null,
};

/** The disk of an image among the devices, and its partitions: "image1". */
export const IMAGE = "image";

const LABEL_BYTES = 4096;

/** A device that may hold others and be held: a disk, a partition, a volume, an array. */
interface Volume {
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** As a trace calls it; null: it has no requests of its own. */
  traceName: string | null;
  bytes: number | null;
  readonly isImage: boolean;
}

/** The layout of every disk and volume, each structure at the addresses of the device. */
export function composed(facts: DiskFacts): Composed {
  return new Composition(facts).result();
}

class Composition {
  readonly #facts: DiskFacts;
  readonly #volumes = new Map<string, Volume>();
  readonly #aliases = new Map<string, string>();
  readonly #notes = new Set<string>();
  readonly #open = new Set<string>();
  readonly #numbers = new Map<string, string>();
  readonly #members: readonly ArrayMember[];

  constructor(facts: DiskFacts) {
    this.#facts = facts;
    this.#members = joinedMembers(facts.members);
    this.#addDisks();
    this.#addVolumes();
    for (const { device } of facts.physical) this.#addDisk(device);
    for (const { device, array, arrayBytes } of this.#members) {
      this.#addDisk(device);
      if (array === null) continue;
      const name = shortName(array);
      this.#add({ id: name, name, traceName: name, bytes: arrayBytes });
    }
    for (const { device } of facts.filesystems) this.#addDisk(device);
  }

  result(): Composed {
    const devices = [...this.#volumes.values()].flatMap((volume): DeviceLayout[] => {
      if (volume.traceName === null && !volume.isImage) return [];
      // Of an image that was cut short, a filesystem says that it is longer.
      const end = volume.bytes ?? LARGEST_EXACT;
      const structures = flattened(moved(this.#content(volume), segmented([{ from: 0, bytes: end, to: 0 }])));
      return structures.length === 0 ? [] : [{ device: volume.traceName, bytes: volume.bytes, structures }];
    });
    // Volumes inside an image have requests of their own only where it runs.
    const image = devices.find(({ device }) => device === null);
    if (image !== undefined) return this.#composed([image]);
    devices.sort((a, b) => ((a.device ?? "") < (b.device ?? "") ? -1 : 1));
    return this.#composed(devices);
  }

  #composed(devices: readonly DeviceLayout[]): Composed {
    return { layout: { sources: this.#facts.sources, devices }, notes: [...this.#notes] };
  }

  #add(volume: Partial<Volume> & Pick<Volume, "id" | "name">, ...aliases: string[]): Volume {
    const known = this.#volumes.get(volume.id);
    const own = known ?? { bytes: null, isImage: false, ...volume, traceName: volume.traceName ?? null };
    if (known !== undefined) own.bytes ??= volume.bytes ?? null;
    this.#volumes.set(own.id, own);
    for (const alias of [own.id, ...aliases]) this.#aliases.set(alias, own.id);
    return own;
  }

  /** A device that nothing else lists is taken for a disk. */
  #addDisk(device: string): void {
    if (this.#find(device) !== null) return;
    const name = shortName(device);
    this.#add({ id: name, name, traceName: name });
  }

  #addDisks(): void {
    const { image, tables, listed } = this.#facts;
    const imageName = image?.name ?? null;
    if (image !== null)
      this.#add({ id: IMAGE, name: imageName ?? IMAGE, traceName: imageName, bytes: image.bytes, isImage: true });
    for (const device of listed) this.#addListed(device, null);
    for (const table of tables) {
      const disk = diskOf(table);
      const id = disk ?? IMAGE;
      this.#add({ id, name: id, traceName: disk ?? imageName, bytes: bytesOfTable(table), isImage: disk === null });
      for (const { number, bytes } of table.partitions) {
        const name = partitionName(disk ?? imageName, number);
        this.#add({ id: partitionName(id, number), name, bytes });
      }
    }
  }

  #addListed(device: ListedDevice, above: ListedDevice | null): void {
    const { name, kernelName, number, bytes, type, children } = device;
    const isPartition = type === "part" && above !== null;
    const called = type === "lvm" ? lvmName(name) : kernelName;
    this.#add({ id: kernelName, name: called, traceName: isPartition ? null : kernelName, bytes }, name, called);
    if (number !== null) this.#numbers.set(number, kernelName);
    for (const child of children) this.#addListed(child, device);
  }

  #addVolumes(): void {
    const { segments, mapped } = this.#facts;
    for (const { group, volume, kernelName } of segments) {
      const name = `${group}/${volume}`;
      const id = this.#aliases.get(name) ?? this.#aliases.get(kernelName ?? "") ?? kernelName ?? name;
      const own = segments.filter((other) => other.group === group && other.volume === volume);
      const bytes = Math.max(...own.map((segment) => segment.fromBytes + segment.bytes));
      this.#add({ id, name, traceName: kernelName, bytes }, name, mappedName(group, volume));
    }
    for (const { name } of mapped) {
      const own = mapped.filter((other) => other.name === name);
      const bytes = Math.max(...own.map((segment) => segment.fromBytes + segment.bytes));
      const id = this.#aliases.get(name) ?? name;
      this.#add({ id, name: lvmName(name), traceName: name, bytes }, name, lvmName(name));
    }
  }

  /** The volume that a tool's name means; an image's tools may have seen it as another machine's disk. */
  #find(device: string): Volume | null {
    const name = shortName(device);
    const id = this.#aliases.get(name);
    if (id !== undefined) return this.#volumes.get(id) ?? null;
    const [, number] = /^[hsv]d[a-z](\d*)$/.exec(name) ?? [];
    const image = this.#volumes.get(IMAGE);
    if (number === undefined || image === undefined || this.#facts.listed.length > 0) return null;
    return number === "" ? image : (this.#volumes.get(partitionName(IMAGE, Number(number))) ?? null);
  }

  /** What lies on a volume, at the volume's own addresses. */
  #content(volume: Volume): readonly Piece[] {
    // A volume below itself is a mistake of who wrote the facts.
    if (this.#open.has(volume.id)) return [];
    this.#open.add(volume.id);
    try {
      const parts = [
        ...this.#partitions(volume),
        ...this.#physicalVolume(volume),
        ...this.#mappedVolumes(volume),
        ...this.#arrays(volume),
      ];
      return [...parts, ...this.#filesystems(volume, parts.length > 0)];
    } finally {
      this.#open.delete(volume.id);
    }
  }

  #partitions(volume: Volume): readonly Piece[] {
    const { tables, listed } = this.#facts;
    const table = tables.find((one) => (diskOf(one) ?? IMAGE) === volume.id);
    if (table !== undefined) {
      return tablePieces(table, volume.bytes, (partition, inner) => this.#partition(volume, partition, inner));
    }
    const own = everyDevice(listed).find(({ kernelName }) => kernelName === volume.id);
    return (own?.children ?? []).flatMap(({ type, kernelName, fromBytes, bytes }) => {
      const part = this.#volumes.get(kernelName);
      if (type !== "part" || part === undefined || fromBytes === null || bytes === null) return [];
      return [piece(part.name, "partition", [[fromBytes, bytes]], moved(this.#content(part), shifted(fromBytes)))];
    });
  }

  #partition(disk: Volume, { number, fromBytes, bytes }: Partition, inner: readonly Piece[]): Piece {
    const part = this.#volumes.get(partitionName(disk.id, number));
    const content =
      part === undefined ? [] : moved(this.#content(part), segmented([{ from: 0, bytes, to: fromBytes }]));
    const name = part?.name ?? partitionName(disk.traceName, number);
    return piece(name, "partition", [[fromBytes, bytes]], [...inner, ...content]);
  }

  #physicalVolume(volume: Volume): readonly Piece[] {
    const own = this.#facts.physical.find(({ device }) => this.#find(device)?.id === volume.id);
    if (own === undefined) return [];
    const { group, dataFromBytes } = own;
    const extentBytes = this.#extentBytes(group);
    return [
      piece("LVM label", "lvmMetadata", [[0, Math.min(LABEL_BYTES, dataFromBytes)]]),
      ...(dataFromBytes > LABEL_BYTES
        ? [piece("LVM metadata", "lvmMetadata", [[LABEL_BYTES, dataFromBytes - LABEL_BYTES]])]
        : []),
      ...[...new Set(this.#facts.segments.map((segment) => volumeName(segment)))].flatMap((name) =>
        this.#logicalVolume(name, volume, dataFromBytes, extentBytes),
      ),
    ];
  }

  /** The part of a logical volume that lies on a physical one. */
  #logicalVolume(name: string, physical: Volume, dataFromBytes: number, extentBytes: number | null): Piece[] {
    const segments = this.#facts.segments.filter((segment) => volumeName(segment) === name);
    const isLinear = segments.every(({ type }) => type === "linear");
    if (extentBytes === null) {
      this.#notes.add(`${name} is not placed: the size of an extent is missing; add what vgs prints`);
      return [];
    }
    const placed: Segment[] = segments.flatMap(({ fromBytes, ranges }) => {
      let from = fromBytes;
      return ranges.flatMap(({ device, firstExtent, extents }) => {
        const bytes = extents * extentBytes;
        const segment = { from, bytes, to: dataFromBytes + firstExtent * extentBytes };
        from += bytes;
        return this.#find(device)?.id === physical.id ? [segment] : [];
      });
    });
    if (placed.length === 0) return [];
    const extents = placed.map(({ to, bytes }) => [to, bytes] as const);
    if (isLinear) return [piece(name, "logicalVolume", extents, this.#below(name, segmented(placed)))];
    const types = [...new Set(segments.map(({ type }) => type))].join(", ");
    this.#notes.add(`what lies in ${name} is named on the volume only: it is ${types}, and linear ones are followed`);
    return [piece(name, "logicalVolume", extents)];
  }

  /** Volumes of the device mapper, where LVM itself was not asked. */
  #mappedVolumes(volume: Volume): readonly Piece[] {
    const { mapped, segments } = this.#facts;
    const names = [...new Set(mapped.map(({ name }) => name))];
    return names.flatMap((name) => {
      if (segments.some((segment) => volumeName(segment) === lvmName(name))) return [];
      const own = mapped.filter((segment) => segment.name === name);
      const others = own.filter(({ below }) => below === null);
      for (const { target } of others)
        this.#notes.add(`${name} is not placed: it is ${target}, and linear ones are followed`);
      const placed = own.flatMap(({ fromBytes, bytes, below }) => {
        const isHere = below !== null && this.#numbers.get(below.number) === volume.id;
        return isHere ? [{ from: fromBytes, bytes, to: below.fromBytes }] : [];
      });
      if (placed.length === 0) return [];
      const extents = placed.map(({ to, bytes }) => [to, bytes] as const);
      return [piece(lvmName(name), "logicalVolume", extents, this.#below(lvmName(name), segmented(placed)))];
    });
  }

  #below(name: string, map: ReturnType<typeof segmented>): readonly Piece[] {
    const volume = this.#find(name);
    return volume === null ? [] : moved(this.#content(volume), map);
  }

  #arrays(volume: Volume): readonly Piece[] {
    const member = this.#members.find(({ device }) => this.#find(device)?.id === volume.id);
    if (member === undefined) return [];
    const { array, level, dataFromBytes } = member;
    const held = array === null ? null : this.#find(array);
    const superblock = superblockPieces(member);
    if (held === null) return superblock;
    if (level !== "raid1" || dataFromBytes === null) {
      const why =
        level === "raid1" ? "mdadm --examine of its disks is missing" : `it is ${level}, and raid1 is followed`;
      this.#notes.add(`what lies in ${held.name} is named on the array only: ${why}`);
      return superblock;
    }
    const end = held.bytes ?? (volume.bytes === null ? null : volume.bytes - dataFromBytes);
    if (end === null || end <= 0) return superblock;
    const content = moved(this.#content(held), segmented([{ from: 0, bytes: end, to: dataFromBytes }]));
    return [...superblock, piece(held.name, "logicalVolume", [[dataFromBytes, end]], content)];
  }

  #filesystems(volume: Volume, holdsOthers: boolean): readonly Piece[] {
    const own = this.#facts.filesystems.filter(({ device }) => this.#find(device)?.id === volume.id);
    // The same filesystem may have been asked by two names.
    if (own.length > 0) return [own.at(-1)!.piece];
    const listed = everyDevice(this.#facts.listed).find(({ kernelName }) => kernelName === volume.id);
    const type = listed?.filesystem ?? null;
    if (type === null || holdsOthers || type.endsWith("_member") || volume.bytes === null) return [];
    return [piece(type, "filesystem", [[0, volume.bytes]])];
  }

  #extentBytes(group: string): number | null {
    const known = this.#facts.extentBytes.get(group);
    if (known !== undefined) return known;
    for (const segment of this.#facts.segments) {
      const extents = segment.ranges.reduce((sum, range) => sum + range.extents, 0);
      if (segment.group === group && segment.type === "linear" && extents > 0) return segment.bytes / extents;
    }
    return null;
  }
}

function volumeName({ group, volume }: VolumeSegment): string {
  return `${group}/${volume}`;
}

function mappedName(group: string, volume: string): string {
  return `${group.replaceAll("-", "--")}-${volume.replaceAll("-", "--")}`;
}
