import { TraceError } from "../model/errors.ts";
import { shortName } from "./deviceName.ts";
import { type Piece, piece } from "./pieces.ts";
import { countOf, isFields, rowsOf, toolJson, wordOf } from "./toolJson.ts";

export interface Partition {
  /** As in its node's name: 1 for vda1. */
  readonly number: number;
  readonly fromBytes: number;
  readonly bytes: number;
  /** Whether it only holds others. */
  readonly isExtended: boolean;
}

/** What `sfdisk -J` says of a disk. */
export interface PartitionTable {
  /** "/dev/vda", or the name of an image. */
  readonly device: string;
  readonly label: string;
  readonly sectorBytes: number;
  /** The last sector that a partition of a GPT may use. */
  readonly lastUsable: number | null;
  readonly entries: number;
  readonly partitions: readonly Partition[];
}

const EXTENDED_TYPES = new Set(["5", "f", "85"]);
const GPT_ENTRIES = 128;
const GPT_ENTRY_BYTES = 128;

export function parseSfdisk(text: string, file: string): PartitionTable {
  const table = toolJson(text, file)["partitiontable"];
  const cure = "write it with sfdisk -J";
  if (!isFields(table)) throw new TraceError({ file }, "missing", "partitiontable", cure);
  const sectorBytes = countOf(table["sectorsize"]) ?? 512;
  const device = wordOf(table["device"]) ?? "";
  const label = wordOf(table["label"]) ?? "";
  const partitions = rowsOf(table["partitions"]).map((row, i) => {
    const [start, size] = [countOf(row["start"]), countOf(row["size"])];
    if (start === null || size === null)
      throw new TraceError({ file }, "invalid", `partition ${i + 1}: no start or size`, cure);
    return {
      number: Number(/(\d+)$/.exec(String(row["node"]))?.[1] ?? i + 1),
      fromBytes: start * sectorBytes,
      bytes: size * sectorBytes,
      isExtended: label === "dos" && EXTENDED_TYPES.has(String(row["type"]).toLowerCase()),
    };
  });
  const lastUsable = countOf(table["lastlba"]);
  return { device, label, sectorBytes, lastUsable, entries: countOf(table["table-length"]) ?? GPT_ENTRIES, partitions };
}

/** Whether the table was read from a disk, whose name says how a trace calls it. */
export function diskOf({ device }: PartitionTable): string | null {
  return device.startsWith("/dev/") ? shortName(device) : null;
}

/** The size of the disk, where its table tells it: a GPT has its copy in the last sectors. */
export function bytesOfTable({ label, lastUsable, sectorBytes, entries }: PartitionTable): number | null {
  if (label !== "gpt" || lastUsable === null) return null;
  return (lastUsable + 1 + 1) * sectorBytes + entryBytes(entries, sectorBytes);
}

function entryBytes(entries: number, sectorBytes: number): number {
  return Math.ceil((entries * GPT_ENTRY_BYTES) / sectorBytes) * sectorBytes;
}

/** The table itself, and its partitions with what `contentOf` knows of each, at addresses of the partition. */
export function tablePieces(
  table: PartitionTable,
  diskBytes: number | null,
  partitionPiece: (partition: Partition, inner: readonly Piece[]) => Piece,
): Piece[] {
  const { partitions } = table;
  const extended = partitions.filter(({ isExtended }) => isExtended);
  const holderOf = (one: Partition) =>
    one.isExtended
      ? undefined
      : extended.find((other) => one.fromBytes >= other.fromBytes && endOf(one) <= endOf(other));
  const outer = partitions.filter((one) => holderOf(one) === undefined);
  return [
    ...headers(table, diskBytes),
    ...outer.map((one) =>
      one.isExtended
        ? partitionPiece(one, [
            piece("extended boot record", "partitionTable", [[one.fromBytes, table.sectorBytes]]),
            ...partitions.filter((other) => holderOf(other) === one).map((other) => partitionPiece(other, [])),
          ])
        : partitionPiece(one, []),
    ),
  ];
}

function endOf({ fromBytes, bytes }: Partition): number {
  return fromBytes + bytes;
}

function headers(table: PartitionTable, diskBytes: number | null): Piece[] {
  const { label, sectorBytes, entries } = table;
  if (label !== "gpt") return [piece(label === "dos" ? "MBR" : `${label} label`, "partitionTable", [[0, sectorBytes]])];
  const tableBytes = entryBytes(entries, sectorBytes);
  const first = [
    piece("protective MBR", "partitionTable", [[0, sectorBytes]]),
    piece("GPT header", "partitionTable", [[sectorBytes, sectorBytes]]),
    piece("GPT entries", "partitionTable", [[2 * sectorBytes, tableBytes]]),
  ];
  const end = diskBytes ?? bytesOfTable(table);
  if (end === null) return first;
  return [
    ...first,
    piece("GPT entries, copy", "partitionTable", [[end - sectorBytes - tableBytes, tableBytes]]),
    piece("GPT header, copy", "partitionTable", [[end - sectorBytes, sectorBytes]]),
  ];
}
