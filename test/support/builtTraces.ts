import fc from "fast-check";
import { SECTOR_BYTES } from "../../src/model/units.ts";

/** A request of a generated trace, in sectors. */
export interface Made {
  readonly op: "R" | "W";
  readonly sector: number;
  readonly count: number;
}

const ON = [2, 21, 15, 2];
const OFF = [2, 15, 21, 2];

const read = (sector: number): Made => ({ op: "R", sector, count: 1 });

const ordinary = fc.record({
  op: fc.constantFrom("R" as const, "W" as const),
  sector: fc.nat({ max: 20000 }),
  count: fc.integer({ min: 2, max: 64 }),
});

/** A pattern whose reads may be apart by writes, sometimes by more of them than the pattern may take. */
const pattern = fc
  .tuple(fc.constantFrom(ON, OFF), fc.array(fc.constantFrom(0, 0, 0, 1, 5, 30), { minLength: 3, maxLength: 3 }))
  .map(([sectors, gaps]) =>
    sectors.flatMap((sector, i) => [
      read(sector),
      ...Array.from({ length: gaps[i] ?? 0 }, (): Made => ({ op: "W", sector: 100, count: 8 })),
    ]),
  );

/** Single-sector reads near the patterns: beginnings of patterns that lead nowhere. */
const noise = fc.array(fc.constantFrom(2, 15, 21, 2, 2, 3).map(read), { minLength: 1, maxLength: 6 });

/** Requests with markers whole, broken and interleaved, wherever batches may end. */
export const madeTrace = fc
  .array(fc.oneof(fc.array(ordinary, { maxLength: 20 }), pattern, noise), { maxLength: 12 })
  .map((parts) => parts.flat());

/** The trace as libguestfs' qemu would have written it. */
export function asQtr(trace: readonly Made[]): string {
  return ["S 20480", ...trace.map(({ op, sector, count }) => `${op} ${sector} ${count}`), ""].join("\n");
}

function stamp(microseconds: number): string {
  const time = new Date(Date.UTC(2026, 0, 1) + Math.floor(microseconds / 1000)).toISOString();
  return `${time.slice(0, 10)} ${time.slice(11, 23)}${String(microseconds % 1000).padStart(3, "0")}`;
}

const hex = (value: number) => `0x${value.toString(16)}`;

/** The trace as nbdkit's log filter would have written it, each request returning `depth` requests later. */
export function asNbdkitLog(trace: readonly Made[], depth: number): string {
  const lines = ['connection=1 Connect export="" tls=0 size=0xa00000 write=1 flush=1'];
  for (let i = 0; i < trace.length + depth; i++) {
    const made = trace[i];
    if (made !== undefined) {
      const place = `offset=${hex(made.sector * SECTOR_BYTES)} count=${hex(made.count * SECTOR_BYTES)}`;
      lines.push(`connection=1 ${made.op === "R" ? "Read" : "Write"} id=${i + 1} ${place} ...`);
    }
    const done = trace[i - depth];
    if (done !== undefined)
      lines.push(`connection=1 ...${done.op === "R" ? "Read" : "Write"} id=${i - depth + 1} return=0`);
  }
  return lines.map((line, i) => `${stamp(i * 137)} ${line}\n`).join("");
}
