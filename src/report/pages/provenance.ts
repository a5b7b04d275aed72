import type { Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import { FORMATS } from "../../formats/index.ts";
import { bytesText } from "../../model/quantities.ts";
import type { Device } from "../../model/trace.ts";
import { formatTitle } from "./formatTitle.ts";
import { formatGuidePath, pageLink } from "./links.ts";

export interface NamedText {
  readonly label: string;
  readonly text: string;
  readonly href: string | null;
}

/** Where a trace comes from, so that somebody else can check it or do it again. */
export interface Provenance {
  readonly command: string | null;
  readonly rows: readonly NamedText[];
  readonly files: DataTable;
  readonly devices: DataTable;
}

export function provenanceOf({ trace }: Summary, path: string): Provenance {
  const recordedAt = trace.startUnixNs === null ? "not in the trace" : wallClockText(trace.startUnixNs);
  return {
    command: trace.command,
    rows: [
      { label: "Format", text: formatTitle(trace.format), href: guideLink(path, trace.format) },
      { label: "First request", text: recordedAt, href: null },
      ...(trace.tags.length === 0 ? [] : [{ label: "Tags", text: trace.tags.join(", "), href: null }]),
      ...trace.partitions.map(({ name, startSector, sectors }) => ({
        label: `Partition ${name}`,
        text: `starts at sector ${startSector}${sectors === null ? "" : `, ${sectors} sectors`}`,
        href: null,
      })),
    ],
    files: fileTable(trace.files),
    devices: deviceTable(trace.devices),
  };
}

/** How to record such a trace; a Summary from elsewhere may have a format that is not known here. */
function guideLink(path: string, format: string): string | null {
  return FORMATS.some(({ id }) => id === format) ? pageLink(path, formatGuidePath(format)) : null;
}

/** Nanoseconds since 1970 as "2026-11-22 14:03:11 UTC". */
function wallClockText(unixNs: string): string {
  const date = new Date(Number(BigInt(unixNs) / 1_000_000n));
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function fileTable(files: Summary["trace"]["files"]): DataTable {
  return table(
    [
      ["name", "File", "text"],
      ["bytes", "Size", "bytes"],
      ["sha256", "SHA-256", "text"],
    ],
    files.map(({ name, bytes, sha256 }) => [name, bytes, sha256]),
  );
}

function deviceTable(devices: readonly Readonly<Device>[]): DataTable {
  return table(
    [
      ["name", "Device", "text"],
      ["id", "Number", "text"],
      ["bytes", "Size", "bytes"],
      ["block", "Blocks, logical / physical", "text"],
      ["rotational", "Rotational", "text"],
      ["queueDepth", "Queue depth", "count"],
      ["scheduler", "Scheduler", "text"],
    ],
    devices.map((device) => [
      device.stacked ? `${device.name} (stacked)` : device.name,
      device.id,
      device.bytes,
      blocksText(device),
      device.rotational === null ? null : device.rotational ? "yes" : "no",
      device.queueDepth,
      device.scheduler,
    ]),
  );
}

function blocksText({ logicalBlockBytes: logical, physicalBlockBytes: physical }: Readonly<Device>): string | null {
  if (logical === null && physical === null) return null;
  return [logical, physical].map((bytes) => (bytes === null ? "–" : bytesText(bytes))).join(" / ");
}
