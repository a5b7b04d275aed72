import type { BioBatch, Chunk, CompletionBatch, EventBatch } from "./batch.ts";
import { dropFront, growColumns } from "./columns.ts";
import { emptyBios, emptyCompletions, emptyEvents, emptyRequests } from "./emptyBatches.ts";
import { OP_CODE } from "./ops.ts";
import { beginsPattern, QTRACE_WINDOW_ROWS } from "./qtrace.ts";
import { Roster } from "./roster.ts";
import { type DeclaredSpan, SpanList } from "./spans.ts";
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
const MOST_MESSAGES = 1000;
const MOST_MESSAGE_LENGTH = 2000;
const MOST_NOTES = 100;
/** Events wait for the first request's time, and for a qtrace pattern to end, at most so many. */
const MOST_WAITING = 1 << 20;

export interface BuilderOptions {
  /** Rows of a chunk at most; up to 64 more where that is less than a qtrace pattern needs. */
  readonly batchRows?: number;
  readonly spans?: readonly DeclaredSpan[];
  /** What the side file knows of devices, by their id in the trace. */
  readonly devices?: Readonly<Record<string, Partial<Device>>>;
}

/** How many requests, completions, bios and events there had been at some moment. */
type Position = number[];

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
  readonly #requests;
  readonly #completions;
  readonly #bios;
  readonly #events;
  readonly #batches;
  readonly #devices = new Roster<string, Device>(MOST_DEVICES, () => unknownDevice("others"));
  readonly #processes = new Roster<number | string, Process>(MOST_PROCESSES, () => ({ pid: null, name: "others" }));
  readonly #messages: Message[] = [];
  readonly #spans: SpanList;
  readonly #sideDevices: ReadonlyMap<string, Partial<Device>>;
  /** Where the trace stood before each of the latest rows that may begin a qtrace pattern. */
  #patternStarts: Position[] = [];
  #handedOn: Position = [0, 0, 0, 0];
  #originNs = Number.NaN;
  #rows = 0;
  #latestIssueNs = Number.NEGATIVE_INFINITY;

  constructor(consume: (chunk: Chunk) => void, options: BuilderOptions = {}) {
    const { batchRows = DEFAULT_BATCH_ROWS, spans = [], devices = {} } = options;
    this.#consume = consume;
    this.#batchRows = batchRows;
    this.#requests = emptyRequests(batchRows + QTRACE_WINDOW_ROWS + 1);
    this.#completions = emptyCompletions(Math.max(16, batchRows));
    this.#bios = emptyBios(Math.max(16, batchRows));
    this.#events = emptyEvents(Math.max(16, batchRows));
    this.#batches = [this.#requests, this.#completions, this.#bios, this.#events] as const;
    this.#processes.add("", { pid: null, name: "not recorded" });
    this.#sideDevices = new Map(Object.entries(devices));
    this.#spans = new SpanList(spans, (code, text) => this.note(code, text));
  }

  /** Requests so far. */
  get rows(): number {
    return this.#rows;
  }

  /** The index of a device by its id (major:minor, or the format's own name). */
  device(id: string, name = id): number {
    const known = this.#devices.find(id);
    if (known !== undefined) return known;
    if (this.#devices.full)
      this.note("too-many-devices", `more than ${MOST_DEVICES} devices; the rest are counted as one`);
    return this.#devices.add(id, { ...unknownDevice(id, name), ...this.#sideDevices.get(id) });
  }

  /** What is known of a device, to be filled in. */
  deviceFacts(index: number): Device {
    return this.#devices.entries[index]!;
  }

  /** The index of a process by its pid, or by its name where the trace has no pids. */
  process(key: number | string, name?: string): number {
    const known = this.#processes.find(key);
    if (known !== undefined) {
      if (name !== undefined) this.#processes.entries[known]!.name = name;
      return known;
    }
    if (this.#processes.full)
      this.note("too-many-processes", `more than ${MOST_PROCESSES} processes; the rest are counted as one`);
    const pid = typeof key === "number" ? key : null;
    return this.#processes.add(key, { pid, name: name ?? String(key) });
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
    if (timeNs >= this.#spans.nextBoundaryNs) this.#spans.crossBoundaries(row, timeNs);
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
    const bytes = this.#devices.entries[device]?.bytes;
    if (bytes != null && offsetBytes + lengthBytes > bytes) this.quality.requestsBeyondDevice++;
    if (lengthBytes === SECTOR_BYTES && op === OP_CODE.read) this.#sectorRead(device, offsetBytes, row, timeNs);
    if (batch.length >= this.#batchRows) this.#handOnBefore(this.#waitsFrom());
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
    const implausible = completeNs < issueNs;
    if (implausible) this.quality.implausibleLatencies++;
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
    batch.completeNs[i] = implausible ? Number.NaN : completeNs - origin;
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
    const i = batch.length++;
    batch.kind[i] = kind;
    batch.op[i] = op;
    batch.device[i] = device;
    batch.timeNs[i] = this.#sinceOrigin(timeNs);
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.nextRow[i] = this.#rows;
  }

  /** Begins a span that the trace itself marks. */
  beginSpan(name: string, timeNs: number): void {
    this.#spans.begin(name, this.#rows, this.#sinceOrigin(timeNs));
  }

  /** Ends the last begun span with the name. */
  endSpan(name: string, timeNs: number): void {
    this.#spans.end(name, this.#rows, this.#sinceOrigin(timeNs));
  }

  /** Records a text; `begin NAME` and `end NAME` mark a span. */
  message(message: string, timeNs: number): void {
    const text = message.trim();
    const marker = /^(begin|end)\s+(\S.*)$/.exec(text);
    if (marker?.[1] === "begin") this.beginSpan(marker[2]!, timeNs);
    else if (marker?.[1] === "end") this.endSpan(marker[2]!, timeNs);
    else if (this.#messages.length === MOST_MESSAGES)
      this.note("too-many-messages", `more than ${MOST_MESSAGES} messages; the rest are not shown`);
    else {
      const shown = text.slice(0, MOST_MESSAGE_LENGTH);
      this.#messages.push({ timeNs: this.#sinceOrigin(timeNs), row: this.#rows, text: shown });
    }
  }

  /** Adds a note to the data-quality record, once for each code and text. */
  note(code: string, text: string): void {
    const { notes } = this.quality;
    if (notes.length > MOST_NOTES || notes.some((note) => note.code === code && note.text === text)) return;
    if (notes.length < MOST_NOTES) notes.push({ code, text });
    else notes.push({ code: "too-many-notes", text: `more than ${MOST_NOTES} notes; the rest are not shown` });
  }

  /** Counts a line or record that the reader cannot understand, and keeps the first one's place. */
  notUnderstood(place: { file: string; line?: number; byte?: number }, what: string): void {
    this.quality.notUnderstood++;
    this.quality.firstNotUnderstood ??= { ...place, what };
  }

  /** Hands on the last chunk and gives what is known of the whole trace. */
  finish(): TraceEnd {
    if (Number.isNaN(this.#originNs)) this.#setOrigin(this.#earliestNs());
    for (const id of this.#sideDevices.keys())
      if (this.#devices.find(id) === undefined)
        this.note("unknown-device", `the side file describes device "${id}", which the trace lacks`);
    this.#spans.finish(this.#rows);
    this.#handOnBefore(null);
    return {
      rows: this.#rows,
      devices: this.#devices.entries,
      processes: this.#processes.entries,
      spans: this.#spans.spans,
      messages: this.#messages,
      startUnixNs: this.#startUnixNs(),
      recorded: this.recorded,
      quality: this.quality,
    };
  }

  #startUnixNs(): string | null {
    if (this.wallClockOfZeroNs === null || this.#rows === 0) return null;
    return String(this.wallClockOfZeroNs + BigInt(Math.round(this.#originNs)));
  }

  /** Until the first request there is no origin, and times wait as they are. */
  #sinceOrigin(timeNs: number): number {
    return Number.isNaN(this.#originNs) ? timeNs : timeNs - this.#originNs;
  }

  /** The first time of anything, for a trace without requests. */
  #earliestNs(): number {
    const times = [...this.#spans.spans.map(({ fromNs }) => fromNs), ...this.#messages.map(({ timeNs }) => timeNs)];
    if (this.#events.length > 0) times.push(this.#events.timeNs[0]!);
    return times.length === 0 ? 0 : Math.min(...times);
  }

  #setOrigin(originNs: number): void {
    this.#originNs = originNs;
    const { timeNs, length } = this.#events;
    for (let i = 0; i < length; i++) timeNs[i]! -= originNs;
    this.#spans.rebase(originNs);
    for (let i = 0; i < this.#messages.length; i++)
      this.#messages[i] = { ...this.#messages[i]!, timeNs: this.#messages[i]!.timeNs - originNs };
  }

  #sectorRead(device: number, offsetBytes: number, row: number, timeNs: number): void {
    if (beginsPattern(offsetBytes)) this.#keepPatternStart(row);
    this.#spans.sectorRead(device, offsetBytes, row, timeNs);
  }

  #keepPatternStart(row: number): void {
    const starts = this.#patternStarts;
    while (starts.length > 0 && row - starts[0]![0]! >= QTRACE_WINDOW_ROWS) starts.shift();
    const [, ...others] = this.#batches.map((batch, i) => this.#handedOn[i]! + batch.length);
    starts.push([row, ...others]);
  }

  #makeRoom(batch: CompletionBatch | BioBatch | EventBatch): void {
    const mustWait = batch.length < MOST_WAITING;
    if (!Number.isNaN(this.#originNs)) this.#handOnBefore(mustWait ? this.#waitsFrom() : null);
    else if (!mustWait) this.#giveUpWaiting();
    if (batch.length === batch.op.length) growColumns(batch);
  }

  #giveUpWaiting(): void {
    const text = `more than ${MOST_WAITING} events before the first request: times count from the first event`;
    this.note("late-first-request", text);
    this.#setOrigin(this.#events.timeNs[0]!);
    this.#handOnBefore(null);
  }

  /** A qtrace pattern that has begun may yet end its span: what came after its beginning waits. */
  #waitsFrom(): Position | null {
    const pendingRow = this.#spans.pendingRow(this.#rows);
    return this.#patternStarts.find(([row]) => row === pendingRow) ?? null;
  }

  #handOnBefore(position: Position | null): void {
    const lengths = this.#batches.map(({ length }) => length);
    for (const [i, batch] of this.#batches.entries())
      if (position !== null) batch.length = position[i]! - this.#handedOn[i]!;
    this.#handOn();
    for (const [i, batch] of this.#batches.entries()) {
      this.#handedOn[i]! += batch.length;
      dropFront(batch, batch.length, lengths[i]!);
    }
    this.#requests.firstRow = this.#handedOn[0]!;
  }

  #handOn(): void {
    this.#consume({
      devices: this.#devices.entries,
      requests: this.#requests,
      completions: this.#completions,
      bios: this.#bios,
      events: this.#events,
      spans: this.#spans.spans,
    });
  }
}
