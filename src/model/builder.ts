import type { BioBatch, Chunk, CompletionBatch, EventBatch, RequestBatch, Span } from "./batch.ts";
import { growColumns } from "./columns.ts";
import { OP_CODE } from "./ops.ts";
import { QTRACE_WINDOW_ROWS, QtraceDetector } from "./qtrace.ts";
import {
  type Device,
  emptyQuality,
  type Message,
  type Process,
  type Quality,
  type Recorded,
  type TraceEnd,
  unknownDevice,
} from "./trace.ts";
import { SECTOR_BYTES } from "./units.ts";

const DEFAULT_BATCH_ROWS = 65536;
/** What a trace may name at most; the rest shares one entry, and the quality record says so. */
const MOST_DEVICES = 4096;
const MOST_PROCESSES = 65536;
const MOST_SPANS = 1000;
const MOST_MESSAGES = 1000;
/** Events before the first request wait for its time, at most so many. */
const MOST_EARLY_EVENTS = 1 << 20;
/** Rows wait for a qtrace pattern to complete or fail, at most so many. */
const MOST_PENDING_ROWS = 1 << 20;

/** A span that the side file declares, in nanoseconds from the first request. */
export interface DeclaredSpan {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
}

export interface BuilderOptions {
  readonly batchRows?: number;
  readonly spans?: readonly DeclaredSpan[];
  /** What the side file knows of devices, by their id in the trace. */
  readonly devices?: Readonly<Record<string, Partial<Device>>>;
}

function requestBatch(capacity: number): RequestBatch {
  return {
    length: 0,
    firstRow: 0,
    op: new Uint8Array(capacity),
    flags: new Uint16Array(capacity),
    device: new Uint16Array(capacity),
    offsetBytes: new Float64Array(capacity),
    lengthBytes: new Float64Array(capacity),
    issueNs: new Float64Array(capacity),
    queueNs: new Float64Array(capacity),
    process: new Uint32Array(capacity),
    cpu: new Int16Array(capacity),
    mergedBios: new Uint32Array(capacity),
  };
}

function completionBatch(capacity: number): CompletionBatch {
  return {
    length: 0,
    row: new Float64Array(capacity),
    op: new Uint8Array(capacity),
    flags: new Uint16Array(capacity),
    device: new Uint16Array(capacity),
    offsetBytes: new Float64Array(capacity),
    lengthBytes: new Float64Array(capacity),
    queueNs: new Float64Array(capacity),
    getRequestNs: new Float64Array(capacity),
    insertNs: new Float64Array(capacity),
    issueNs: new Float64Array(capacity),
    completeNs: new Float64Array(capacity),
    error: new Uint16Array(capacity),
  };
}

function bioBatch(capacity: number): BioBatch {
  return {
    length: 0,
    row: new Float64Array(capacity),
    op: new Uint8Array(capacity),
    device: new Uint16Array(capacity),
    lengthBytes: new Float64Array(capacity),
    queueNs: new Float64Array(capacity),
    getRequestNs: new Float64Array(capacity),
    insertNs: new Float64Array(capacity),
    mergeNs: new Float64Array(capacity),
    issueNs: new Float64Array(capacity),
    completeNs: new Float64Array(capacity),
  };
}

function eventBatch(capacity: number): EventBatch {
  return {
    length: 0,
    kind: new Uint8Array(capacity),
    op: new Uint8Array(capacity),
    device: new Uint16Array(capacity),
    timeNs: new Float64Array(capacity),
    offsetBytes: new Float64Array(capacity),
    lengthBytes: new Float64Array(capacity),
    nextRow: new Float64Array(capacity),
  };
}

/**
 * What every reader writes into: requests in issue order, completions and bios as they end, events, spans and names.
 * Readers give times in nanoseconds from any zero of theirs; the builder counts them from the first request,
 * finds the qtrace spans, and hands on a chunk whenever a batch is full.
 */
export class TraceBuilder {
  readonly quality: Quality = emptyQuality();
  /** Set by the reader, at the latest before `finish`. */
  readonly recorded: Recorded = {
    clock: true,
    completion: false,
    queue: false,
    process: false,
    flags: false,
    error: false,
  };
  /** Wall-clock time of the reader's time zero, in nanoseconds since 1970. */
  wallClockOfZeroNs: bigint | null = null;

  readonly #consume: (chunk: Chunk) => void;
  readonly #batchRows: number;
  readonly #requests: RequestBatch;
  readonly #completions: CompletionBatch;
  readonly #bios: BioBatch;
  readonly #events: EventBatch;
  readonly #devices: Device[] = [];
  readonly #deviceIndex = new Map<string, number>();
  readonly #processes: Process[] = [{ pid: null, name: "not recorded" }];
  readonly #processIndex = new Map<number | string, number>();
  readonly #spans: Span[] = [];
  readonly #messages: Message[] = [];
  readonly #qtrace = new QtraceDetector();
  readonly #declared: Readonly<Record<string, Partial<Device>>>;
  #boundaries: { atNs: number; open: boolean; span: DeclaredSpan }[];
  #nextBoundaryNs: number;
  #originNs = Number.NaN;
  #rows = 0;
  #latestIssueNs = Number.NEGATIVE_INFINITY;
  #qtraceUntilRow = -1;

  constructor(consume: (chunk: Chunk) => void, options: BuilderOptions = {}) {
    const { batchRows = DEFAULT_BATCH_ROWS, spans = [], devices = {} } = options;
    this.#consume = consume;
    this.#declared = devices;
    this.#batchRows = batchRows;
    this.#requests = requestBatch(batchRows + QTRACE_WINDOW_ROWS + 1);
    this.#completions = completionBatch(Math.max(16, batchRows));
    this.#bios = bioBatch(Math.max(16, batchRows));
    this.#events = eventBatch(Math.max(16, batchRows));
    this.#boundaries = spans
      .flatMap((span) => [
        { atNs: span.fromNs, open: true, span },
        { atNs: span.toNs, open: false, span },
      ])
      .sort((a, b) => a.atNs - b.atNs);
    this.#nextBoundaryNs = this.#boundaries[0]?.atNs ?? Number.POSITIVE_INFINITY;
  }

  /** Requests so far. */
  get rows(): number {
    return this.#rows;
  }

  /** The index of a device by its id (major:minor, or the format's own name). */
  device(id: string, name = id): number {
    const known = this.#deviceIndex.get(id);
    if (known !== undefined) return known;
    if (this.#devices.length === MOST_DEVICES) {
      this.note("too-many-devices", `more than ${MOST_DEVICES} devices; the rest are counted as one`);
      return MOST_DEVICES - 1;
    }
    const index = this.#devices.push({ ...unknownDevice(id, name), ...this.#declared[id] }) - 1;
    this.#deviceIndex.set(id, index);
    return index;
  }

  /** What is known of a device, to be filled in. */
  deviceFacts(index: number): Device {
    return this.#devices[index]!;
  }

  /** The index of a process by its pid, or by its name where the trace has no pids. */
  process(key: number | string, name?: string): number {
    const known = this.#processIndex.get(key);
    if (known !== undefined) {
      if (name !== undefined) this.#processes[known]!.name = name;
      return known;
    }
    if (this.#processes.length === MOST_PROCESSES) {
      this.note("too-many-processes", `more than ${MOST_PROCESSES} processes; the rest are counted as one`);
      return MOST_PROCESSES - 1;
    }
    const pid = typeof key === "number" ? key : null;
    const index = this.#processes.push({ pid, name: name ?? String(key) }) - 1;
    this.#processIndex.set(key, index);
    return index;
  }

  /** Adds a request that was issued; gives its row. A time before the last one's is taken as the last one's, and counted. */
  request(
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    issueNs: number,
    queueNs: number,
    process: number,
    cpu: number,
    mergedBios: number,
  ): number {
    if (Number.isNaN(this.#originNs)) this.#setOrigin(issueNs);
    const batch = this.#requests;
    const row = this.#rows;
    let timeNs = issueNs - this.#originNs;
    if (timeNs < this.#latestIssueNs) {
      this.quality.clockSteps++;
      timeNs = this.#latestIssueNs;
    }
    this.#latestIssueNs = timeNs;
    while (timeNs >= this.#nextBoundaryNs) this.#crossBoundary();
    if (batch.length === batch.op.length) this.#makeRequestRoom();
    const i = batch.length++;
    batch.op[i] = op;
    batch.flags[i] = flags;
    batch.device[i] = device;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.issueNs[i] = timeNs;
    batch.queueNs[i] = queueNs - this.#originNs;
    batch.process[i] = process;
    batch.cpu[i] = cpu;
    batch.mergedBios[i] = mergedBios;
    this.#rows = row + 1;
    const bytes = this.#devices[device]?.bytes;
    if (bytes != null && offsetBytes + lengthBytes > bytes) this.quality.requestsBeyondDevice++;
    if (lengthBytes === SECTOR_BYTES && op === OP_CODE.read) this.#sectorRead(device, offsetBytes, row, timeNs);
    if (batch.length >= this.#batchRows && row >= this.#qtraceUntilRow) this.#flushUnlessPending();
    return row;
  }

  /** Adds the completion of a row. A completion before its issue has no latency, and is counted. */
  complete(
    row: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    queueNs: number,
    getRequestNs: number,
    insertNs: number,
    issueNs: number,
    completeNs: number,
    error: number,
  ): void {
    const batch = this.#completions;
    if (batch.length === batch.row.length) this.#makeRoom(batch);
    const i = batch.length++;
    const plausible = completeNs >= issueNs;
    if (!plausible) this.quality.implausibleLatencies++;
    const origin = this.#originNs;
    batch.row[i] = row;
    batch.op[i] = op;
    batch.flags[i] = flags;
    batch.device[i] = device;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.queueNs[i] = queueNs - origin;
    batch.getRequestNs[i] = getRequestNs - origin;
    batch.insertNs[i] = insertNs - origin;
    batch.issueNs[i] = issueNs - origin;
    batch.completeNs[i] = plausible ? completeNs - origin : Number.NaN;
    batch.error[i] = error;
  }

  /** Adds a bio whose request (a row already added) is complete. */
  bio(
    row: number,
    op: number,
    device: number,
    lengthBytes: number,
    queueNs: number,
    getRequestNs: number,
    insertNs: number,
    mergeNs: number,
    issueNs: number,
    completeNs: number,
  ): void {
    const batch = this.#bios;
    if (batch.length === batch.row.length) this.#makeRoom(batch);
    const i = batch.length++;
    const origin = this.#originNs;
    batch.row[i] = row;
    batch.op[i] = op;
    batch.device[i] = device;
    batch.lengthBytes[i] = lengthBytes;
    batch.queueNs[i] = queueNs - origin;
    batch.getRequestNs[i] = getRequestNs - origin;
    batch.insertNs[i] = insertNs - origin;
    batch.mergeNs[i] = mergeNs - origin;
    batch.issueNs[i] = issueNs - origin;
    batch.completeNs[i] = completeNs - origin;
  }

  /** Adds something that is no request; `kind` is an EVENT_CODE. */
  event(kind: number, op: number, device: number, timeNs: number, offsetBytes: number, lengthBytes: number): void {
    const batch = this.#events;
    if (batch.length === batch.kind.length) this.#makeRoom(batch);
    if (batch.length === MOST_EARLY_EVENTS && Number.isNaN(this.#originNs)) this.#setOrigin(batch.timeNs[0]!);
    const i = batch.length++;
    batch.kind[i] = kind;
    batch.op[i] = op;
    batch.device[i] = device;
    batch.timeNs[i] = Number.isNaN(this.#originNs) ? timeNs : timeNs - this.#originNs;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.nextRow[i] = this.#rows;
  }

  beginSpan(name: string, timeNs: number, source: Span["source"] = "message"): void {
    this.#openSpan(name, Number.isNaN(this.#originNs) ? timeNs : timeNs - this.#originNs, source);
  }

  endSpan(name: string, timeNs: number): void {
    this.#closeSpan(name, "message", this.#rows, timeNs - this.#originNs);
  }

  /** Records a text; `begin NAME` and `end NAME` mark a span. */
  message(text: string, timeNs: number): void {
    const marker = /^(begin|end)\s+(\S.*)$/.exec(text.trim());
    if (marker?.[1] === "begin") this.beginSpan(marker[2]!, timeNs);
    else if (marker?.[1] === "end") this.endSpan(marker[2]!, timeNs);
    else if (this.#messages.length === MOST_MESSAGES)
      this.note("too-many-messages", `more than ${MOST_MESSAGES} messages; the rest are not shown`);
    else {
      const relativeNs = Number.isNaN(this.#originNs) ? timeNs : timeNs - this.#originNs;
      this.#messages.push({ timeNs: relativeNs, row: this.#rows, text: text.trim() });
    }
  }

  /** Adds a note to the data-quality record, once for each code and text. */
  note(code: string, text: string): void {
    const { notes } = this.quality;
    if (!notes.some((note) => note.code === code && note.text === text)) notes.push({ code, text });
  }

  /** Counts a line or record that the reader cannot understand, and keeps the first one's place. */
  notUnderstood(place: { file: string; line?: number; byte?: number }, what: string): void {
    this.quality.notUnderstood++;
    this.quality.firstNotUnderstood ??= { ...place, what };
  }

  /** Hands on the last chunk and gives what is known of the whole trace. */
  finish(): TraceEnd {
    for (const id of Object.keys(this.#declared))
      if (!this.#deviceIndex.has(id))
        this.note("unknown-device", `the side file describes device "${id}", which the trace lacks`);
    this.#endDeclaredSpans();
    for (const span of this.#spans) {
      if (span.toRow !== Number.POSITIVE_INFINITY) continue;
      span.toRow = this.#rows;
      this.note("marker-without-partner", `span "${span.name}" was switched on and never off: it runs to the end`);
    }
    this.#flush();
    return {
      rows: this.#rows,
      devices: this.#devices,
      processes: this.#processes,
      spans: this.#spans,
      messages: this.#messages,
      startUnixNs: this.#startUnixNs(),
      recorded: this.recorded,
      quality: this.quality,
    };
  }

  #endDeclaredSpans(): void {
    const unopened = new Set(this.#boundaries.filter(({ open }) => open).map(({ span }) => span));
    for (const span of unopened)
      this.note("span-after-end", `span "${span.name}" of the side file begins after the trace's last request`);
    for (const { open, span } of this.#boundaries)
      if (!open && !unopened.has(span)) this.#closeSpan(span.name, "sideFile", this.#rows, span.toNs);
  }

  #startUnixNs(): string | null {
    if (this.wallClockOfZeroNs === null || Number.isNaN(this.#originNs)) return null;
    return String(this.wallClockOfZeroNs + BigInt(Math.round(this.#originNs)));
  }

  #setOrigin(originNs: number): void {
    this.#originNs = originNs;
    const { timeNs, length } = this.#events;
    for (let i = 0; i < length; i++) timeNs[i]! -= originNs;
    for (let i = 0; i < this.#spans.length; i++)
      this.#spans[i] = { ...this.#spans[i]!, fromNs: this.#spans[i]!.fromNs - originNs };
    for (let i = 0; i < this.#messages.length; i++)
      this.#messages[i] = { ...this.#messages[i]!, timeNs: this.#messages[i]!.timeNs - originNs };
  }

  #sectorRead(device: number, offsetBytes: number, row: number, timeNs: number): void {
    const match = this.#qtrace.sectorRead(device, offsetBytes, row, timeNs);
    this.#qtraceUntilRow = this.#qtrace.pendingRow(row) + QTRACE_WINDOW_ROWS;
    if (this.#qtraceUntilRow === Number.POSITIVE_INFINITY) this.#qtraceUntilRow = -1;
    if (match === null) return;
    if (match.switch === "on") this.#openSpan("qtrace", timeNs, "qtrace");
    else this.#closeSpan("qtrace", "qtrace", match.firstRow, match.firstNs);
  }

  #openSpan(name: string, fromNs: number, source: Span["source"]): void {
    if (this.#spans.length === MOST_SPANS) {
      this.note("too-many-spans", `more than ${MOST_SPANS} spans; the rest are not shown`);
      return;
    }
    this.#spans.push({
      name,
      source,
      fromRow: this.#rows,
      toRow: Number.POSITIVE_INFINITY,
      fromNs,
      toNs: Number.NaN,
    });
  }

  #closeSpan(name: string, source: Span["source"], toRow: number, toNs: number): void {
    const open = this.#spans.findLast(
      (span) => span.name === name && span.source === source && span.toRow === Number.POSITIVE_INFINITY,
    );
    if (open) {
      open.toRow = Math.max(toRow, open.fromRow);
      open.toNs = toNs;
    } else this.note("marker-without-partner", `span "${name}" was switched off and never on`);
  }

  #crossBoundary(): void {
    const [boundary, ...rest] = this.#boundaries;
    this.#boundaries = rest;
    this.#nextBoundaryNs = rest[0]?.atNs ?? Number.POSITIVE_INFINITY;
    if (boundary!.open) this.#openSpan(boundary!.span.name, boundary!.atNs, "sideFile");
    else this.#closeSpan(boundary!.span.name, "sideFile", this.#rows, boundary!.atNs);
  }

  /** A qtrace pattern that has begun may end a span before rows of this batch: wait for it. */
  #flushUnlessPending(): void {
    const pendingRow = this.#qtrace.pendingRow(this.#rows);
    if (pendingRow === Number.POSITIVE_INFINITY) this.#flush();
    else this.#qtraceUntilRow = pendingRow + QTRACE_WINDOW_ROWS;
  }

  #makeRequestRoom(): void {
    if (this.#requests.length < MOST_PENDING_ROWS) growColumns(this.#requests);
    else this.#flush();
  }

  #makeRoom(batch: CompletionBatch | BioBatch | EventBatch): void {
    const waiting = Number.isNaN(this.#originNs) || this.#rows < this.#qtraceUntilRow;
    if (!waiting) this.#flush();
    if (batch.length > 0) growColumns(batch);
  }

  #flush(): void {
    this.#consume({
      devices: this.#devices,
      requests: this.#requests,
      completions: this.#completions,
      bios: this.#bios,
      events: this.#events,
      spans: this.#spans,
    });
    this.#requests.firstRow = this.#rows;
    this.#requests.length = 0;
    this.#completions.length = 0;
    this.#bios.length = 0;
    this.#events.length = 0;
    this.#qtraceUntilRow = -1;
  }
}
