import type { CompletionBatch, RequestBatch } from "../model/batch.ts";
import { dropFront, growColumns } from "../model/columns.ts";

/** Requests in issue order, each with what its completion said. A target may change the columns: nobody else reads them. */
export interface Rows {
  length: number;
  /** The trace's row of each. */
  row: Float64Array;
  op: Uint8Array;
  flags: Uint16Array;
  device: Uint16Array;
  offsetBytes: Float64Array;
  lengthBytes: Float64Array;
  issueNs: Float64Array;
  queueNs: Float64Array;
  process: Uint32Array;
  cpu: Int16Array;
  mergedBios: Uint32Array;
  /** 1 where the completion is known; what follows is told by it alone. */
  completed: Uint8Array;
  /** What its latency counts from: not issueNs where it was requeued, or where the trace's clock went back. */
  lastIssueNs: Float64Array;
  getRequestNs: Float64Array;
  insertNs: Float64Array;
  /** NaN where it has no latency. */
  completeNs: Float64Array;
  error: Uint16Array;
}

/** A request waits for its completion until so many have come after it. */
export const MOST_WAITING = 1 << 20;
const FIRST_ROOM = 1 << 12;

/** Joins requests with their completions, which come later: requests wait until those before them are complete. */
export class JoinedRows {
  /** Requests handed on without a completion because too many waited behind them. */
  notAwaited = 0;
  readonly #waiting: Rows = emptyRows(FIRST_ROOM);
  readonly #mostWaiting: number;
  readonly #consume: (rows: Rows) => void;
  /** Rows before this one are handed on, and their places free. */
  #from = 0;

  constructor(consume: (rows: Rows) => void, mostWaiting = MOST_WAITING) {
    this.#consume = consume;
    this.#mostWaiting = mostWaiting;
  }

  /** Adds the requests at some positions of a batch. */
  add(requests: RequestBatch, positions: Uint32Array): void {
    this.#makeRoom(positions.length);
    const waiting = this.#waiting;
    let at = waiting.length;
    for (const i of positions) {
      waiting.row[at] = requests.firstRow + i;
      waiting.op[at] = requests.op[i]!;
      waiting.flags[at] = requests.flags[i]!;
      waiting.device[at] = requests.device[i]!;
      waiting.offsetBytes[at] = requests.offsetBytes[i]!;
      waiting.lengthBytes[at] = requests.lengthBytes[i]!;
      waiting.issueNs[at] = requests.issueNs[i]!;
      waiting.queueNs[at] = requests.queueNs[i]!;
      waiting.process[at] = requests.process[i]!;
      waiting.cpu[at] = requests.cpu[i]!;
      waiting.mergedBios[at] = requests.mergedBios[i]!;
      waiting.completed[at] = 0;
      waiting.lastIssueNs[at] = Number.NaN;
      waiting.getRequestNs[at] = Number.NaN;
      waiting.insertNs[at] = Number.NaN;
      waiting.completeNs[at] = Number.NaN;
      waiting.error[at] = 0;
      at++;
    }
    waiting.length = at;
  }

  /** Takes what completions say of the rows that wait. */
  complete(completions: CompletionBatch): void {
    const waiting = this.#waiting;
    for (let i = 0; i < completions.length; i++) {
      const at = this.#placeOf(completions.row[i]!);
      if (at < 0) continue;
      waiting.completed[at] = 1;
      const issueNs = completions.issueNs[i]!;
      waiting.lastIssueNs[at] = issueNs;
      waiting.getRequestNs[at] = completions.getRequestNs[i]!;
      waiting.insertNs[at] = completions.insertNs[i]!;
      waiting.completeNs[at] = Number.isNaN(issueNs) ? Number.NaN : completions.completeNs[i]!;
      waiting.error[at] = completions.error[i]!;
    }
  }

  /** Hands on the rows before which all are complete, and those that waited too long. */
  handOn(): void {
    const { length, completed } = this.#waiting;
    let to = this.#from;
    while (to < length) {
      if (completed[to] === 0) {
        if (length - to <= this.#mostWaiting) break;
        this.notAwaited++;
      }
      to++;
    }
    this.#handOnBefore(to);
  }

  /** Hands on all rows: no completion is to come. */
  finish(): void {
    this.#handOnBefore(this.#waiting.length);
  }

  #handOnBefore(to: number): void {
    if (to === this.#from) return;
    this.#consume(stretch(this.#waiting, this.#from, to));
    this.#from = to;
  }

  /** Of the row: its place, or -1 where it does not wait. Rows ascend, and mostly without gaps. */
  #placeOf(row: number): number {
    const { row: rows, length } = this.#waiting;
    let low = this.#from;
    if (low === length || row < rows[low]!) return -1;
    let high = Math.min(length - 1, low + (row - rows[low]!));
    if (rows[high] === row) return high;
    while (low <= high) {
      const mid = (low + high) >>> 1;
      if (rows[mid]! < row) low = mid + 1;
      else if (rows[mid]! > row) high = mid - 1;
      else return mid;
    }
    return -1;
  }

  #makeRoom(count: number): void {
    const waiting = this.#waiting;
    if (waiting.length + count <= waiting.row.length) return;
    dropFront(waiting, this.#from, waiting.length);
    this.#from = 0;
    while (waiting.length + count > waiting.row.length) growColumns(waiting);
  }
}

function emptyRows(capacity: number): Rows {
  return {
    length: 0,
    row: new Float64Array(capacity),
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
    completed: new Uint8Array(capacity),
    lastIssueNs: new Float64Array(capacity),
    getRequestNs: new Float64Array(capacity),
    insertNs: new Float64Array(capacity),
    completeNs: new Float64Array(capacity),
    error: new Uint16Array(capacity),
  };
}

function stretch(rows: Rows, from: number, to: number): Rows {
  const columns = Object.entries(rows).map(([name, column]) =>
    typeof column === "number" ? [name, to - from] : [name, (column as Float64Array).subarray(from, to)],
  );
  return Object.fromEntries(columns) as Rows;
}
