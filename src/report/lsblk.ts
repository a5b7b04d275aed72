import { Type } from "typebox";
import type { Device } from "../model/trace.ts";
import { SECTOR_BYTES } from "../model/units.ts";

/** What `lsblk -J -O` prints, best with -b; older ones write numbers and booleans as texts. */
export const Lsblk = Type.Object({ blockdevices: Type.Array(Type.Object({ name: Type.String() })) });

type Fields = Readonly<Record<string, unknown>>;

/** A disk as lsblk lists it. */
export interface ListedDisk {
  readonly name: string;
  /** major,minor: its id in a trace. */
  readonly id: string;
  readonly facts: Partial<Device>;
  readonly partitions: readonly { readonly name: string; readonly startSector: number; readonly sectors?: number }[];
  /** "ext4 on vda1". */
  readonly filesystems: readonly string[];
}

/** The disks of a list, each with its partitions; what the list does not say is absent. */
export function listedDisks({ blockdevices }: { readonly blockdevices: readonly object[] }): readonly ListedDisk[] {
  return (blockdevices as readonly Fields[]).flatMap((disk) => {
    const name = String(disk["name"]);
    const number = disk["maj:min"];
    if (typeof number !== "string") return [];
    const children = Array.isArray(disk["children"]) ? disk["children"].filter(isFields) : [];
    return [
      {
        name,
        id: number.trim().replace(":", ","),
        facts: { name, ...factsOf(disk) },
        partitions: children.flatMap(partitionOf),
        filesystems: [disk, ...children].flatMap(filesystemOf),
      },
    ];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** A size with a unit is rounded: it would put the device's end in the wrong place. */
function factsOf(disk: Fields): Partial<Device> {
  return known({
    model: word(disk["model"]),
    bytes: count(disk["size"]),
    logicalBlockBytes: count(disk["log-sec"]),
    physicalBlockBytes: count(disk["phy-sec"]),
    rotational: truth(disk["rota"]),
    discardGranularityBytes: granularity(disk["disc-gran"]),
    queueDepth: count(disk["rq-size"]),
    scheduler: word(disk["sched"]),
  });
}

/** Starts are in sectors, sizes in bytes. */
function partitionOf(child: Fields): ListedDisk["partitions"] {
  const startSector = count(child["start"]);
  const name = word(child["name"]);
  if (child["type"] !== "part" || startSector === null || name === null) return [];
  const bytes = count(child["size"]);
  return [bytes === null ? { name, startSector } : { name, startSector, sectors: bytes / SECTOR_BYTES }];
}

function filesystemOf({ fstype, name }: Fields): string[] {
  const type = word(fstype);
  const disk = word(name);
  return type === null || disk === null ? [] : [`${type} on ${disk}`];
}

/** What is known of it. */
function known<T extends object>(facts: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as never;
}

function word(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function count(value: unknown): number | null {
  const plain = typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return typeof plain === "number" && Number.isSafeInteger(plain) && plain >= 0 ? plain : null;
}

function truth(value: unknown): boolean | null {
  if (value === "1" || value === true) return true;
  return value === "0" || value === false ? false : null;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { B: 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Powers of two, which a whole number with a unit tells exactly. */
function granularity(value: unknown): number | null {
  const [, digits, unit] = /^(\d+)([BKMG])$/.exec(word(value) ?? "") ?? [];
  return digits === undefined ? count(value) : Number(digits) * UNIT_BYTES[unit!]!;
}
