import type { TraceInfo } from "../../analysis/summary.ts";
import type { CellKind, CellValue, DataTable } from "../../charts/chart.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { knownTable } from "./knownTable.ts";

const BOUNDARY_BYTES = 4096;

interface Row {
  readonly name: string;
  readonly disk: string | null;
  readonly startSector: number;
  readonly sectors: number | null;
  /** What came down from it to its disk; null: not recorded, or of more than the page shows. */
  readonly bios: number | null;
  readonly bytes: number | null;
}

const COLUMNS: readonly (readonly [name: string, title: string, kind: CellKind, cell: (row: Row) => CellValue])[] = [
  ["name", "Partition", "text", ({ name }) => name],
  ["disk", "Disk", "text", ({ disk }) => disk],
  ["startSector", "First sector", "sector", ({ startSector }) => startSector],
  ["sectors", "Sectors", "count", ({ sectors }) => sectors],
  ["past", "Past a 4 KiB boundary", "bytes", ({ startSector }) => (startSector * SECTOR_BYTES) % BOUNDARY_BYTES],
  ["bios", "Bios", "count", ({ bios }) => bios],
  ["bytes", "Bytes", "bytes", ({ bytes }) => bytes],
];

/** The partitions that the side file lays out and those that remaps tell of, with what came down from each; null: none. */
export function partitionTable(trace: TraceInfo): DataTable | null {
  const rows = rowsOf(trace);
  return rows.length === 0 ? null : knownTable(COLUMNS, rows);
}

function rowsOf({ partitions, seenPartitions, devices, window }: TraceInfo): readonly Row[] {
  const unseen = seenPartitions.length > 0 && window === null ? 0 : null;
  const laidOut = new Map<number, Row>();
  for (const one of partitions) laidOut.set(one.startSector, { ...one, disk: null, bios: unseen, bytes: unseen });
  const seen = seenPartitions.map(({ id, device, startBytes, bios, bytes }): Row => {
    const startSector = startBytes / SECTOR_BYTES;
    const { name, sectors } = laidOut.get(startSector) ?? { name: id, sectors: null };
    laidOut.delete(startSector);
    const amount = window === null ? { bios, bytes } : { bios: null, bytes: null };
    return { name, sectors, startSector, disk: devices[device]?.name ?? null, ...amount };
  });
  return [...seen, ...laidOut.values()].sort((a, b) => a.startSector - b.startSector);
}
