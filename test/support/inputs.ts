import type { BioBatch, Chunk, EventKind, Span } from "../../src/model/batch.ts";
import { EVENT_KINDS } from "../../src/model/batch.ts";
import { type BuilderOptions, TraceBuilder } from "../../src/model/builder.ts";
import { type Format, HEAD_BYTES, type Head, type ReadHints, type TraceInput } from "../../src/model/format.ts";
import { OPS, type Op } from "../../src/model/ops.ts";
import type { TraceEnd } from "../../src/model/trace.ts";

/** A trace file in memory, handed out in pieces through one array that the next piece overwrites. */
export function inputFromBytes(name: string, bytes: Uint8Array, chunkBytes = Math.max(1, bytes.length)): TraceInput {
  const scratch = new Uint8Array(chunkBytes);
  let at = 0;
  return {
    name,
    next: async () => {
      if (at >= bytes.length) return null;
      const piece = bytes.subarray(at, at + chunkBytes);
      at += piece.length;
      scratch.fill(0xff).set(piece);
      return scratch.subarray(0, piece.length);
    },
  };
}

/** A trace file in memory, given as text. */
export function inputFromText(name: string, text: string, chunkBytes?: number): TraceInput {
  return inputFromBytes(name, new TextEncoder().encode(text), chunkBytes);
}

/** A row of a RequestBatch as a plain object. */
export interface PlainRequest {
  readonly row: number;
  readonly op: Op;
  readonly flags: number;
  readonly device: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  readonly queueNs: number;
  readonly process: number;
  readonly cpu: number;
  readonly mergedBios: number;
  /** The spans that held the row when its chunk came by. */
  readonly spans: readonly number[];
}

/** A row of a CompletionBatch as a plain object. */
interface PlainCompletion {
  readonly row: number;
  readonly op: Op;
  readonly flags: number;
  readonly device: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly queueNs: number;
  readonly getRequestNs: number;
  readonly insertNs: number;
  readonly issueNs: number;
  readonly completeNs: number;
  readonly error: number;
}

/** A row of a BioBatch as a plain object. */
type PlainBio = { readonly [K in Exclude<keyof BioBatch, "length" | "op">]: number } & { readonly op: Op };

/** A row of an EventBatch as a plain object. */
interface PlainEvent {
  readonly kind: EventKind;
  readonly op: Op;
  readonly device: number;
  readonly timeNs: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly extra: number;
  readonly nextRow: number;
}

/** Everything a trace holds, as plain objects. */
export interface PlainTrace {
  readonly requests: PlainRequest[];
  readonly completions: PlainCompletion[];
  readonly bios: PlainBio[];
  readonly events: PlainEvent[];
  readonly chunkRows: number[];
  readonly end: TraceEnd;
}

type Column = { readonly [i: number]: number };

function isColumn(entry: [string, number | Column]): entry is [string, Column] {
  return typeof entry[1] !== "number";
}

function plainRows<T>(batch: { length: number; op: Uint8Array }, more: (i: number) => Partial<T> = () => ({})): T[] {
  const columns = Object.entries<number | Column>({ ...batch }).filter(isColumn);
  return Array.from({ length: batch.length }, (_, i) => {
    const row: Record<string, unknown> = {};
    for (const [name, column] of columns) row[name] = column[i]!;
    row["op"] = OPS[batch.op[i]!]!;
    return Object.assign(row, more(i)) as T;
  });
}

function spansOf(spans: readonly Span[], row: number): number[] {
  return spans.flatMap(({ fromRow, toRow }, index) => (fromRow <= row && row < toRow ? [index] : []));
}

/** Collects the chunks of a builder as plain objects, and checks the order that they promise. */
export function collector(): { consume: (chunk: Chunk) => void; trace: Omit<PlainTrace, "end"> } {
  const trace: Omit<PlainTrace, "end"> = { requests: [], completions: [], bios: [], events: [], chunkRows: [] };
  const consume = ({ requests, completions, bios, events, spans }: Chunk): void => {
    const { firstRow } = requests;
    if (firstRow !== trace.requests.length)
      throw new Error(`chunk begins at row ${firstRow}, expected ${trace.requests.length}`);
    trace.chunkRows.push(requests.length);
    trace.requests.push(
      ...plainRows<PlainRequest>(requests, (i) => ({ row: firstRow + i, spans: spansOf(spans, firstRow + i) })),
    );
    trace.completions.push(...plainRows<PlainCompletion>(completions));
    trace.bios.push(...plainRows<PlainBio>(bios));
    trace.events.push(...plainRows<PlainEvent>(events, (i) => ({ kind: EVENT_KINDS[events.kind[i]!]! })));
    const early = [...completions.row.subarray(0, completions.length), ...bios.row.subarray(0, bios.length)];
    if (early.some((row) => row >= trace.requests.length)) throw new Error("a completion came before its request");
  };
  return { consume, trace };
}

/** Reads a whole trace into plain objects; throws what the reader throws. */
export async function readAll(
  format: Format,
  inputs: readonly TraceInput[],
  options: BuilderOptions = {},
  hints: ReadHints = {},
): Promise<PlainTrace> {
  const { consume, trace } = collector();
  const builder = new TraceBuilder(consume, options);
  await format.read(inputs, builder, hints);
  return { ...trace, end: builder.finish() };
}

/** The start of a trace file in memory, for detection. */
export function headOf(name: string, bytes: Uint8Array): Head {
  return { name, bytes: bytes.subarray(0, HEAD_BYTES), complete: bytes.length <= HEAD_BYTES };
}
