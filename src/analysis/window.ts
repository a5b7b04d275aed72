import type { Chunk, EventBatch, RequestBatch, Span } from "../model/batch.ts";
import { EVENT_CODE } from "../model/batch.ts";
import { pickRows } from "../model/columns.ts";
import { addNote } from "../model/notes.ts";
import type { TraceEnd } from "../model/trace.ts";
import type { ReadTrace } from "./analyse.ts";

/** A stretch of a trace's time: from fromNs until before toNs. An open side is infinite. */
export interface TimeWindow {
  readonly fromNs: number;
  readonly toNs: number;
}

/** What a window shows of a trace, for people and the Summary. */
export interface WindowInfo {
  /** null: from the trace's beginning. */
  readonly fromNs: number | null;
  /** null: to the trace's end. */
  readonly toNs: number | null;
  /** The trace's row that stands first; the rows of a Summary count from it. */
  readonly firstRow: number;
  /** Requests of the whole trace. */
  readonly traceRequests: number;
  /** When the last of them was issued; null without one. */
  readonly traceLastNs: number | null;
}

/**
 * Lets pass what belongs to a window: the requests issued in it, which stand in one piece of the trace's rows and are
 * counted from its first; their completions and bios, whenever they come; the events and messages at its times. Spans
 * keep their numbers and hold the rows that are left. Times still count from the trace's first request.
 */
export class WindowFilter {
  readonly #fromNs: number;
  readonly #toNs: number;
  /** The trace's rows so far, those of the window (Infinity: not reached yet), and when the last one was issued. */
  #rows = 0;
  #firstRow = Number.POSITIVE_INFINITY;
  #endRow = Number.POSITIVE_INFINITY;
  #lastNs = Number.NaN;
  #requestsBeyondDevice = 0;
  #requeues = 0;

  constructor({ fromNs, toNs }: TimeWindow) {
    // What led to the first request came before it.
    this.#fromNs = fromNs <= 0 ? Number.NEGATIVE_INFINITY : fromNs;
    this.#toNs = toNs;
  }

  /** The trace's row that stands first in the window, as far as it is known. */
  get firstRow(): number {
    return Math.min(this.#firstRow, this.#rows);
  }

  get #lastRow(): number {
    return Math.min(this.#endRow, this.#rows);
  }

  chunk(chunk: Chunk): Chunk {
    const requests = this.#requests(chunk.requests);
    const events = pickRows(chunk.events, this.#eventsInside(chunk.events));
    this.#count(requests, events, chunk);
    for (let i = 0; i < events.length; i++) events.nextRow[i] = this.#placeOf(events.nextRow[i]!);
    return {
      devices: chunk.devices,
      requests,
      completions: this.#ofRequests(chunk.completions),
      bios: this.#ofRequests(chunk.bios),
      events,
      spans: chunk.spans.map((span) => this.#span(span)),
    };
  }

  end(end: TraceEnd): TraceEnd {
    const { quality } = end;
    const windowed = {
      ...quality,
      notes: [...quality.notes],
      requestsBeyondDevice: this.#requestsBeyondDevice,
      requeues: this.#requeues,
    };
    const rows = this.#lastRow - this.firstRow;
    if (rows === 0) addNote(windowed, "window-empty", "no request was issued in the window that is shown");
    return {
      ...end,
      rows,
      spans: end.spans.map((span) => this.#span(span)),
      messages: end.messages
        .filter(({ timeNs }) => this.#holds(timeNs))
        .map((message) => ({ ...message, row: this.#placeOf(message.row) })),
      quality: windowed,
    };
  }

  /** After the trace's last request. */
  info(): WindowInfo {
    return {
      fromNs: finiteOrNull(this.#fromNs),
      toNs: finiteOrNull(this.#toNs),
      firstRow: this.firstRow,
      traceRequests: this.#rows,
      traceLastNs: finiteOrNull(this.#lastNs),
    };
  }

  #holds(timeNs: number): boolean {
    return timeNs >= this.#fromNs && timeNs < this.#toNs;
  }

  /** Requests come in order of their issue. */
  #requests(batch: RequestBatch): RequestBatch {
    const { firstRow, length, issueNs } = batch;
    const from = firstAtOrAfter(issueNs, length, this.#fromNs);
    const to = firstAtOrAfter(issueNs, length, this.#toNs);
    if (from < length) this.#firstRow = Math.min(this.#firstRow, firstRow + from);
    if (to < length) this.#endRow = Math.min(this.#endRow, firstRow + to);
    if (length > 0) this.#lastNs = issueNs[length - 1]!;
    this.#rows = firstRow + length;
    const inside = Uint32Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
    return { ...pickRows(batch, inside), firstRow: this.#placeOf(firstRow + from) };
  }

  #ofRequests<Batch extends { readonly length: number; readonly row: Float64Array }>(batch: Batch): Batch {
    const inside = positions(batch.length, (i) => batch.row[i]! >= this.#firstRow && batch.row[i]! < this.#endRow);
    const picked = pickRows(batch, inside);
    for (let i = 0; i < picked.length; i++) picked.row[i]! -= this.#firstRow;
    return picked;
  }

  #eventsInside({ length, timeNs }: EventBatch): Uint32Array {
    return positions(length, (i) => this.#holds(timeNs[i]!));
  }

  #count(
    { length, device, offsetBytes, lengthBytes }: RequestBatch,
    { kind, ...events }: EventBatch,
    chunk: Chunk,
  ): void {
    for (let i = 0; i < length; i++) {
      const bytes = chunk.devices[device[i]!]?.bytes;
      if (bytes != null && offsetBytes[i]! + lengthBytes[i]! > bytes) this.#requestsBeyondDevice++;
    }
    for (let i = 0; i < events.length; i++) if (kind[i] === EVENT_CODE.requeue) this.#requeues++;
  }

  #span(span: Span): Span {
    return { ...span, fromRow: this.#placeOf(span.fromRow), toRow: this.#placeOf(span.toRow) };
  }

  /** A row of the trace as one of the window, at its nearer end where it lies outside; Infinity stays. */
  #placeOf(row: number): number {
    return Math.max(0, Math.min(row, this.#endRow) - this.firstRow);
  }
}

/** Reads no more of a trace than a window shows. `shown` is told what that is whenever the trace was read. */
export function windowed(read: ReadTrace, window: TimeWindow, shown: (info: WindowInfo) => void): ReadTrace {
  return async (consume) => {
    const filter = new WindowFilter(window);
    const end = filter.end(await read((chunk) => consume(filter.chunk(chunk))));
    shown(filter.info());
    return end;
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The first place of an ascending column that is not less. */
function firstAtOrAfter(ascending: Float64Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (ascending[mid]! < value) low = mid + 1;
    else high = mid;
  }
  return low;
}

function positions(length: number, belongs: (i: number) => boolean): Uint32Array {
  const found = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) if (belongs(i)) found[count++] = i;
  return found.subarray(0, count);
}
