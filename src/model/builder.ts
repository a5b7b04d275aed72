import type { BioBatch, Chunk, CompletionBatch, EventBatch, RequestBatch } from "./batch.ts";
import { growColumns } from "./columns.ts";
import { Names } from "./names.ts";
import { addNote } from "./notes.ts";
import { OP_CODE } from "./ops.ts";
import { PendingHistory, type Position } from "./pendingHistory.ts";
import { beginsPattern } from "./qtrace.ts";
import { type DeclaredSpan, SpanList } from "./spans.ts";
import {
  type Device,
  emptyQuality,
  type Message,
  type Quality,
  type Recorded,
  type SeenPartition,
  type TraceEnd,
} from "./trace.ts";
import { SECTOR_BYTES } from "./units.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const SECTOR = SECTOR_BYTES;
const READ = OP_CODE.read;

/** A chunk of about so many requests stays in a core's cache while one metric after the other looks at it. */
const DEFAULT_BATCH_ROWS = 4096;
/** The first chunks are small and grow: the engine sees each function whole before it compiles it for the long ones. */
const FIRST_ROWS = 64;
const MOST_MESSAGES = 1000;
const MOST_MESSAGE_LENGTH = 2000;
/** Events wait for the first request's time, and for a qtrace pattern to end, at most so many. */
const MOST_WAITING = 1 << 20;

export interface BuilderOptions {
  /** Rows of a chunk at most; up to 64 more where that is less than a qtrace pattern needs. */
  readonly batchRows?: number;
  readonly spans?: readonly DeclaredSpan[];
  /** What the side file knows of devices, by their id in the trace. */
  readonly devices?: Readonly<Record<string, Partial<Device>>>;
  /** Those of them that are missed where the trace lacks them; without this, all. */
  readonly expectedDevices?: ReadonlySet<string>;
  /** Names of cgroups, by their numbers. */
  readonly cgroups?: Readonly<Record<string, string>>;
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
    merges: false,
    bios: false,
    process: false,
    cgroup: false,
    plug: false,
    flags: false,
    error: false,
  };
  /** Wall-clock time of the reader's time zero, in nanoseconds since 1970. */
  wallClockOfZeroNs: bigint | null = null;

  readonly #consume: (chunk: Chunk) => void;
  readonly #batchRows: number;
  /** Rows of the next chunk at most. */
  #nextRows: number;
  readonly #pending: PendingHistory;
  /** The requests that wait to be handed on. */
  readonly requests: RequestBatch;
  readonly #completions;
  readonly #bios;
  readonly #events;
  readonly #names: Names;
  readonly #devices: readonly Device[];
  readonly #messages: Message[] = [];
  readonly #spans: SpanList;
  #originNs = Number.NaN;
  #rows = 0;
  #latestIssueNs = Number.NEGATIVE_INFINITY;

  constructor(consume: (chunk: Chunk) => void, options: BuilderOptions = {}) {
    const { batchRows = DEFAULT_BATCH_ROWS, spans = [], devices = {}, expectedDevices } = options;
    this.#consume = consume;
    this.#batchRows = batchRows;
    this.#nextRows = Math.min(FIRST_ROWS, batchRows);
    this.#pending = new PendingHistory(batchRows);
    this.requests = this.#pending.requests;
    this.#completions = this.#pending.completions;
    this.#bios = this.#pending.bios;
    this.#events = this.#pending.events;
    const note = (code: string, text: string) => this.note(code, text);
    this.#names = new Names(devices, note, expectedDevices, options.cgroups);
    this.#devices = this.#names.devices;
    this.#spans = new SpanList(spans, note);
  }

  /** Requests so far. */
  get rows(): number {
    return this.#rows;
  }

  /** What the times in the batches count from, in the reader's time; NaN before the first request. */
  get originNs(): number {
    return this.#originNs;
  }

  /** The index of a device by its id (major:minor, or the format's own name). */
  device(id: string, name = id): number {
    return this.#names.device(id, name);
  }

  /** What is known of a device, to be filled in. */
  deviceFacts(index: number): Device {
    return this.#devices[index]!;
  }

  /** The index of a process by its pid, or by its name where the trace has no pids. */
  process(key: number | string, name?: string): number {
    return this.#names.process(key, name);
  }

  /** The index of a cgroup by its number, as decimal digits. */
  cgroup(id: string): number {
    return this.#names.cgroup(id);
  }

  /** What remaps tell of partitions, in the order in which they were met. */
  readonly partitions: SeenPartition[] = [];

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
    cgroup = 0,
  ): number {
    const batch = this.requests;
    const i = batch.length;
    batch.op[i] = op;
    batch.flags[i] = flags;
    batch.device[i] = device;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.issueNs[i] = issueNs;
    batch.queueNs[i] = queueNs;
    batch.process[i] = process;
    batch.cpu[i] = cpu;
    batch.mergedBios[i] = mergedBios;
    batch.cgroup[i] = cgroup;
    return this.takeRequest();
  }

  /**
   * Adds the request that was written behind the last row of `requests`, in every column; gives its row.
   * It is `request` for hot readers: a call with so many doubles would allocate.
   */
  takeRequest(): number {
    const batch = this.requests;
    const row = this.#rows;
    const i = batch.length++;
    const issueNs = batch.issueNs[i]!;
    if (row === 0 && Number.isNaN(this.#originNs)) this.#setOrigin(issueNs);
    let timeNs = issueNs - this.#originNs;
    if (timeNs < this.#latestIssueNs) {
      this.quality.clockSteps++;
      timeNs = this.#latestIssueNs;
    }
    this.#latestIssueNs = timeNs;
    if (timeNs >= this.#spans.nextBoundaryNs) this.#spans.crossBoundaries(row, timeNs);
    batch.issueNs[i] = timeNs;
    batch.queueNs[i]! -= this.#originNs;
    this.#rows = row + 1;
    const lengthBytes = batch.lengthBytes[i]!;
    const bytes = this.#devices[batch.device[i]!]?.bytes;
    if (bytes != null && batch.offsetBytes[i]! + lengthBytes > bytes) this.quality.requestsBeyondDevice++;
    if (lengthBytes === SECTOR && batch.op[i] === READ)
      this.#sectorRead(batch.device[i]!, batch.offsetBytes[i]!, row, timeNs);
    if (batch.length >= this.#nextRows) this.#handOn(this.#waitsFrom());
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
    const batch = this.completionsWithRoom();
    const i = batch.length;
    batch.row[i] = row;
    batch.op[i] = op;
    batch.flags[i] = flags;
    batch.device[i] = device;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.queueNs[i] = queueNs;
    batch.getRequestNs[i] = getRequestNs;
    batch.insertNs[i] = insertNs;
    batch.issueNs[i] = issueNs;
    batch.completeNs[i] = completeNs;
    batch.error[i] = error;
    this.takeCompletion();
  }

  /** The completions that wait to be handed on, with room for one more behind the last. */
  completionsWithRoom(): CompletionBatch {
    const batch = this.#completions;
    if (batch.length === batch.row.length) this.#makeRoom(batch);
    return batch;
  }

  /** Adds the completion that was written behind the last one, in every column: `complete` for hot readers. */
  takeCompletion(): void {
    const batch = this.#completions;
    const i = batch.length++;
    const origin = this.#originNs;
    if (batch.completeNs[i]! < batch.issueNs[i]!) {
      this.quality.implausibleLatencies++;
      batch.completeNs[i] = Number.NaN;
    } else batch.completeNs[i]! -= origin;
    batch.queueNs[i]! -= origin;
    batch.getRequestNs[i]! -= origin;
    batch.insertNs[i]! -= origin;
    batch.issueNs[i]! -= origin;
  }

  /** Counts a completion before its issue; gives what stands for its time. */
  implausible(): number {
    this.quality.implausibleLatencies++;
    return Number.NaN;
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
    sleepNs = Number.NaN,
    process = 0,
    cgroup = 0,
  ): void {
    const batch = this.biosWithRoom();
    const i = batch.length;
    batch.row[i] = row;
    batch.op[i] = op;
    batch.device[i] = device;
    batch.process[i] = process;
    batch.cgroup[i] = cgroup;
    batch.lengthBytes[i] = lengthBytes;
    batch.queueNs[i] = queueNs;
    batch.sleepNs[i] = sleepNs;
    batch.getRequestNs[i] = getRequestNs;
    batch.insertNs[i] = insertNs;
    batch.mergeNs[i] = mergeNs;
    batch.issueNs[i] = issueNs;
    batch.completeNs[i] = completeNs;
    this.takeBio();
  }

  /** The bios that wait to be handed on, with room for one more behind the last. */
  biosWithRoom(): BioBatch {
    const batch = this.#bios;
    if (batch.length === batch.row.length) this.#makeRoom(batch);
    return batch;
  }

  /** Adds the bio that was written behind the last one, in every column: `bio` for hot readers. */
  takeBio(): void {
    const batch = this.#bios;
    const i = batch.length++;
    const origin = this.#originNs;
    batch.queueNs[i]! -= origin;
    batch.sleepNs[i]! -= origin;
    batch.getRequestNs[i]! -= origin;
    batch.insertNs[i]! -= origin;
    batch.mergeNs[i]! -= origin;
    batch.issueNs[i]! -= origin;
    batch.completeNs[i]! -= origin;
  }

  /** Adds something that is no request; `kind` is an EVENT_CODE. */
  event(
    kind: number,
    op: number,
    device: number,
    timeNs: number,
    offsetBytes: number,
    lengthBytes: number,
    extra = 0,
  ): void {
    const batch = this.eventsWithRoom();
    const i = batch.length;
    batch.kind[i] = kind;
    batch.op[i] = op;
    batch.device[i] = device;
    batch.timeNs[i] = timeNs;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.extra[i] = extra;
    this.takeEvent();
  }

  /** The events that wait to be handed on, with room for one more behind the last. */
  eventsWithRoom(): EventBatch {
    const batch = this.#events;
    if (batch.length === batch.kind.length) this.#makeRoom(batch);
    return batch;
  }

  /** Adds the event that was written behind the last one, in every column but `nextRow`: `event` for hot readers. */
  takeEvent(): void {
    const batch = this.#events;
    const i = batch.length++;
    batch.timeNs[i] = this.#sinceOrigin(batch.timeNs[i]!);
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
    addNote(this.quality, code, text);
  }

  /** Counts a line or record that the reader cannot understand, and keeps the first one's place. */
  notUnderstood(place: { file: string; line?: number; byte?: number }, what: string): void {
    this.quality.notUnderstood++;
    this.quality.firstNotUnderstood ??= { ...place, what };
  }

  /** Hands on the last chunk and gives what is known of the whole trace. */
  finish(): TraceEnd {
    if (Number.isNaN(this.#originNs)) this.#setOrigin(this.#earliestNs());
    this.#names.noteUnmet();
    this.#spans.finish(this.#rows);
    this.#handOn(null);
    return {
      rows: this.#rows,
      devices: this.#devices,
      processes: this.#names.processes,
      cgroups: this.#names.cgroups,
      partitions: this.partitions,
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
    if (beginsPattern(offsetBytes)) this.#pending.keepPatternStart(row);
    this.#spans.sectorRead(device, offsetBytes, row, timeNs);
  }

  #makeRoom(batch: CompletionBatch | BioBatch | EventBatch): void {
    const mustWait = batch.length < MOST_WAITING;
    if (!Number.isNaN(this.#originNs)) this.#handOn(mustWait ? this.#waitsFrom() : null);
    else if (!mustWait) this.#giveUpWaiting();
    if (batch.length === batch.op.length) growColumns(batch);
  }

  #giveUpWaiting(): void {
    const text = `more than ${MOST_WAITING} events before the first request: times count from the first event`;
    this.note("late-first-request", text);
    this.#setOrigin(this.#events.timeNs[0]!);
    this.#handOn(null);
  }

  /** A qtrace pattern that has begun may yet end its span: what came after its beginning waits. */
  #waitsFrom(): Position | null {
    return this.#pending.patternStart(this.#spans.pendingRow(this.#rows));
  }

  #handOn(before: Position | null): void {
    this.#nextRows = Math.min(2 * this.#nextRows, this.#batchRows);
    this.#pending.handOnBefore(before, () =>
      this.#consume({
        devices: this.#devices,
        requests: this.requests,
        completions: this.#completions,
        bios: this.#bios,
        events: this.#events,
        spans: this.#spans.spans,
      }),
    );
  }
}
