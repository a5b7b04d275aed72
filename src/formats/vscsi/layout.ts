import { movesBlocks } from "./commands.ts";

/** The little-endian records of each version: where their fields are, in bytes. */
export interface RecordLayout {
  readonly version: 1 | 2;
  readonly bytes: number;
  readonly length: number;
  readonly command: number;
  readonly versionAt: number;
  readonly block: number;
  readonly time: number;
  /** null where the version has none. */
  readonly responseTime: number | null;
}

const VERSION_1: RecordLayout = {
  version: 1,
  bytes: 32,
  length: 4,
  command: 12,
  versionAt: 14,
  block: 16,
  time: 24,
  responseTime: null,
};

const VERSION_2: RecordLayout = {
  version: 2,
  bytes: 40,
  length: 8,
  command: 0,
  versionAt: 2,
  block: 16,
  time: 24,
  responseTime: 32,
};

const LEAST_RECORDS = 2;
const MOST_RECORDS = 64;
/** What the layout is known from. */
export const HEAD_RECORDS_BYTES = MOST_RECORDS * VERSION_2.bytes;
const LARGEST_COMMAND = 0xff;
const SECTOR_BYTES = 512;
const MOST_LENGTH = 1 << 26;
/** Blocks of 512 bytes up to 2^53 bytes have nothing in the upper 21 bits. */
const MOST_BLOCK_HIGH = 2 ** 12;
/** Between neighbours in a trace. */
const MOST_STEP_MICROSECONDS = 7 * 86_400e6;

/** The layout of the records that a file begins with, or null. */
export function layoutOf(bytes: Uint8Array): RecordLayout | null {
  return [VERSION_2, VERSION_1].find((layout) => fits(bytes, layout)) ?? null;
}

/** Whether the field of a record's version says that it is of this layout. */
export function isRecord(view: DataView, at: number, layout: RecordLayout): boolean {
  return view.getUint16(at + layout.versionAt, true) >>> 8 === layout.version;
}

/** All records at the start have the version, a plausible command, length, block and time, and most of them read or write. */
function fits(bytes: Uint8Array, layout: RecordLayout): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const records = Math.min(MOST_RECORDS, Math.floor(bytes.length / layout.bytes));
  if (records < LEAST_RECORDS) return false;
  let moving = 0;
  for (let i = 0; i < records; i++) {
    const at = i * layout.bytes;
    if (!isPlausible(view, at, layout)) return false;
    if (i > 0 && !follows(view, at, layout)) return false;
    if (movesBlocks(view.getUint16(at + layout.command, true))) moving++;
  }
  return moving * 2 > records;
}

function isPlausible(view: DataView, at: number, layout: RecordLayout): boolean {
  const command = view.getUint16(at + layout.command, true);
  const length = view.getUint32(at + layout.length, true);
  return (
    isRecord(view, at, layout) &&
    command <= LARGEST_COMMAND &&
    length <= MOST_LENGTH &&
    (length % SECTOR_BYTES === 0 || !movesBlocks(command)) &&
    view.getUint32(at + layout.block + 4, true) < MOST_BLOCK_HIGH
  );
}

function follows(view: DataView, at: number, { bytes, time }: RecordLayout): boolean {
  const step = view.getBigUint64(at + time, true) - view.getBigUint64(at - bytes + time, true);
  return Math.abs(Number(step)) <= MOST_STEP_MICROSECONDS;
}
