import type { Summary } from "../../analysis/summary.ts";
import type { CellKind, CellValue, DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import { FORMATS } from "../../formats/index.ts";
import { bytesText } from "../../model/quantities.ts";
import type { Device } from "../../model/trace.ts";
import { windowText } from "../window.ts";
import { recordedText } from "./context.ts";
import { formatTitle } from "./formatTitle.ts";
import { knownTable } from "./knownTable.ts";
import { formatGuidePath, pageLink } from "./links.ts";
import { partitionTable } from "./partitions.ts";

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
  readonly partitions: DataTable | null;
}

export function provenanceOf({ trace, scopeList }: Summary, path: string): Provenance {
  const { kernel, host, filesystem, recorder } = trace.context;
  return {
    command: trace.command,
    rows: [
      { label: "Format", text: formatTitle(trace.format), href: guideLink(path, trace.format) },
      ...told(trace.startUnixNs === null ? "Recorded" : "First request", recordedText(trace)),
      ...told("Recorded by", recorder),
      ...told("Kernel", kernel),
      ...told("Machine", host),
      ...told("Filesystem", filesystem),
      ...told("Shown", trace.window === null ? null : windowText(trace.window, scopeList[0]?.requests ?? 0)),
      ...told("Tags", trace.tags.join(", ") || null),
    ],
    files: fileTable(trace.files),
    devices: deviceTable(trace.devices),
    partitions: partitionTable(trace),
  };
}

/** How to record such a trace; a Summary from elsewhere may have a format that is not known here. */
function guideLink(path: string, format: string): string | null {
  return FORMATS.some(({ id }) => id === format) ? pageLink(path, formatGuidePath(format)) : null;
}

/** A row, where there is something to say. */
function told(label: string, text: string | null): readonly NamedText[] {
  return text === null ? [] : [{ label, text, href: null }];
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

type Facts = Readonly<Device>;

const COLUMNS: readonly (readonly [name: string, title: string, kind: CellKind, cell: (device: Facts) => CellValue])[] =
  [
    ["name", "Device", "text", ({ name, stacked }) => (stacked ? `${name} (stacked)` : name)],
    ["id", "Number", "text", ({ id }) => id],
    ["model", "Model", "text", ({ model }) => model ?? null],
    ["bytes", "Size", "bytes", ({ bytes }) => bytes],
    ["block", "Blocks, logical / physical", "text", blocksText],
    ["rotational", "Rotational", "text", ({ rotational }) => (rotational === null ? null : rotational ? "yes" : "no")],
    ["queueDepth", "Queue depth", "count", ({ queueDepth }) => queueDepth],
    ["scheduler", "Scheduler", "text", ({ scheduler }) => scheduler],
    ["discard", "Discards in", "bytes", ({ discardGranularityBytes }) => discardGranularityBytes],
  ];

function deviceTable(devices: readonly Facts[]): DataTable {
  return knownTable(COLUMNS, devices);
}

function blocksText({ logicalBlockBytes: logical, physicalBlockBytes: physical }: Readonly<Device>): string | null {
  if (logical === null && physical === null) return null;
  return [logical, physical].map((bytes) => (bytes === null ? "–" : bytesText(bytes))).join(" / ");
}
