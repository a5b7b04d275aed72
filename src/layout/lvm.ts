import { TraceError } from "../model/errors.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import { type Fields, rowsOf, toolJson, wordOf } from "./toolJson.ts";

/** A physical volume, as `pvs --reportformat json -o +pe_start --units b` lists it. */
export interface PhysicalVolume {
  /** "/dev/vda1". */
  readonly device: string;
  readonly group: string;
  /** Where the first extent begins. */
  readonly dataFromBytes: number;
}

/** A stretch of a logical volume: a row of `lvs --segments --reportformat json -o +seg_pe_ranges --units b`. */
export interface VolumeSegment {
  readonly group: string;
  readonly volume: string;
  /** linear, striped, raid1 … */
  readonly type: string;
  readonly fromBytes: number;
  readonly bytes: number;
  /** In order of the volume's own addresses where the type is linear. */
  readonly ranges: readonly PhysicalRange[];
  /** dm-0, where the volume is active. */
  readonly kernelName: string | null;
}

interface PhysicalRange {
  readonly device: string;
  readonly firstExtent: number;
  readonly extents: number;
}

const UNITS: Readonly<Record<string, number>> = { b: 1, s: SECTOR_BYTES };

export function parsePvs(text: string, file: string): readonly PhysicalVolume[] {
  const volumes = new Map<string, PhysicalVolume>();
  for (const row of reportRows(text, file, "pv")) {
    const [device, group] = [wordOf(row["pv_name"]), wordOf(row["vg_name"])];
    if (device === null || group === null) continue;
    volumes.set(device, { device, group, dataFromBytes: bytesOf(row, "pe_start", file) });
  }
  return [...volumes.values()];
}

/** The size of an extent of each group. */
export function parseVgs(text: string, file: string): ReadonlyMap<string, number> {
  const rows = reportRows(text, file, "vg");
  return new Map(rows.map((row) => [String(row["vg_name"]), bytesOf(row, "vg_extent_size", file)]));
}

export function parseLvs(text: string, file: string): readonly VolumeSegment[] {
  // With --segments the list has another name.
  return [...reportRows(text, file, "lv"), ...reportRows(text, file, "seg")].map((row) => {
    const minor = Number(row["lv_kernel_minor"] ?? -1);
    return {
      group: String(row["vg_name"]),
      volume: String(row["lv_name"]),
      type: String(row["segtype"]),
      fromBytes: bytesOf(row, "seg_start", file),
      bytes: bytesOf(row, "seg_size", file),
      ranges: rangesOf(wordOf(row["seg_pe_ranges"]) ?? ""),
      kernelName: minor >= 0 ? `dm-${minor}` : null,
    };
  });
}

function reportRows(text: string, file: string, key: string): readonly Fields[] {
  return rowsOf(toolJson(text, file)["report"]).flatMap((report) => rowsOf(report[key]));
}

/** Other units are rounded: they would put what follows in the wrong place. */
function bytesOf(row: Fields, key: string, file: string): number {
  const [, digits, unit] = /^(\d+)([bs])$/i.exec(String(row[key])) ?? [];
  if (digits !== undefined) return Number(digits) * UNITS[unit!.toLowerCase()]!;
  const verb = row[key] === undefined ? "missing" : "invalid";
  const what = row[key] === undefined ? key : `${key} ${JSON.stringify(row[key])}`;
  throw new TraceError({ file }, verb, what, `ask for it in bytes: -o +${key} --units b`);
}

/** "/dev/vda1:0-39 /dev/vdb:5-9". */
function rangesOf(text: string): PhysicalRange[] {
  return [...text.matchAll(/(\S+):(\d+)-(\d+)/g)].map(([, device, first, last]) => ({
    device: device!,
    firstExtent: Number(first),
    extents: Number(last) - Number(first) + 1,
  }));
}
