import type { TraceBuilder } from "../../model/builder.ts";
import type { Completions } from "./completions.ts";
import { type PlainColumns, TEXT_FIELDS, type Texts } from "./plainColumns.ts";
import type { RowWords } from "./rowWords.ts";
import type { Cells } from "./stretches.ts";
import type { Field, Table } from "./table.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;
const NO_CPU = -1;
const MOST_CPU = 32767;
const MOST_ERRNO = 65535;
const UNKNOWN = -1;
/** Texts and pids below these have one key together that is exact. */
const MOST_TEXTS = 2 ** 20;
const MOST_PROCESSES = 1 << 17;
const MOST_PIDS = 2 ** 32;

/** Hands on the usual rows of plain columns. */
export class PlainRows {
  /** The latest time of a request; of rows that are not as usual as well. */
  latestNs = 0;
  withoutCompletion = 0;
  readonly #out: TraceBuilder;
  readonly #table: Table;
  readonly #records: boolean;
  readonly #completions: Completions;
  readonly #words: RowWords;
  /** What texts mean, by their places. */
  readonly #ops: number[] = [];
  readonly #flags: number[] = [];
  readonly #devices: number[] = [];
  readonly #processes = new Map<number, number>();
  #processPid = Number.NaN;
  #processName = Number.NaN;
  #process = 0;
  #texts: Texts = [];
  #columns = columnsOf(new Map());

  /** @param records Whether the values tell what is recorded, since no metadata does. */
  constructor(out: TraceBuilder, table: Table, records: boolean, completions: Completions, words: RowWords) {
    this.#out = out;
    this.#table = table;
    this.#records = records;
    this.#completions = completions;
    this.#words = words;
  }

  /** Before the rows of a stretch. */
  begin(columns: PlainColumns, texts: Texts): void {
    if (texts !== this.#texts) this.#forget();
    this.#texts = texts;
    this.#columns = columnsOf(columns);
  }

  /** Hands on a row; gives false where it is not quite as usual, and then has done nothing. Hot. */
  take(row: number): boolean {
    const columns = this.#columns;
    const out = this.#out;
    const { recorded } = out;
    const opText = columns.op[row]!;
    const op = this.#ops[opText] ?? this.#opOf(opText);
    const offsetBytes = columns.offset[row]!;
    const lengthBytes = columns.length[row]!;
    const flagsText = columns.flags[row]!;
    const flags = flagsText >= 0 ? (this.#flags[flagsText] ?? this.#flagsOf(flagsText)) : 0;
    const issueNs = recorded.clock ? columns.time[row]! : out.rows;
    const isUsual = op >= 0 && flags >= 0 && offsetBytes >= 0 && lengthBytes >= 0 && !Number.isNaN(issueNs);
    if (!isUsual || offsetBytes > LARGEST_EXACT || lengthBytes > LARGEST_EXACT) return false;

    const deviceText = columns.device[row]!;
    const device = this.#devices[deviceText] ?? this.#deviceOf(deviceText);

    this.latestNs = Math.max(this.latestNs, issueNs);
    this.#completions.before(issueNs);
    const queueNs = columns.queue[row]!;
    const cpu = columns.cpu[row]!;
    const mergedBios = columns.mergedBios[row]!;
    const batch = out.requests;
    const i = batch.length;
    batch.op[i] = op;
    batch.flags[i] = flags;
    batch.device[i] = device;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.issueNs[i] = issueNs;
    batch.queueNs[i] = queueNs;
    batch.process[i] = this.#processOf(columns.pid[row]!, columns.process[row]!);
    batch.cpu[i] = cpu >= 0 && cpu <= MOST_CPU ? cpu : NO_CPU;
    batch.mergedBios[i] = mergedBios;
    batch.cgroup[i] = 0;
    const requestRow = out.takeRequest();

    const completeNs = columns.completed[row]!;
    const error = columns.error[row]!;
    const isComplete = columns.isComplete[row]!;
    if (this.#records) this.#record(mergedBios);
    if (isComplete === 0 || (Number.isNaN(isComplete) && Number.isNaN(error) && Number.isNaN(completeNs))) {
      this.withoutCompletion++;
      return true;
    }
    if (this.#records) this.#recordCompletion(queueNs, error);
    const lastIssueNs = columns.lastIssue[row]!;
    const { slots } = this.#completions;
    const slot = this.#completions.freeSlot();
    slots.row[slot] = requestRow;
    slots.op[slot] = op;
    slots.flags[slot] = flags;
    slots.device[slot] = device;
    slots.offsetBytes[slot] = offsetBytes;
    slots.lengthBytes[slot] = lengthBytes;
    slots.queueNs[slot] = queueNs;
    slots.getRequestNs[slot] = columns.getRequest[row]!;
    slots.insertNs[slot] = columns.insert[row]!;
    slots.issueNs[slot] = Number.isNaN(lastIssueNs) ? issueNs : lastIssueNs;
    slots.completeNs[slot] = completeNs;
    slots.error[slot] = Math.min(MOST_ERRNO, Math.abs(error));
    this.#completions.put(slot);
    return true;
  }

  /** Places mean other texts from here on. */
  #forget(): void {
    for (const meanings of [this.#ops, this.#flags, this.#devices]) meanings.length = 0;
    this.#processes.clear();
    this.#processPid = Number.NaN;
    this.#processName = -1;
  }

  #opOf(place: number): number {
    if (Number.isNaN(place)) return UNKNOWN;
    const op = this.#table.opOf(this.#texts[place]!) ?? UNKNOWN;
    this.#ops[place] = op;
    return op;
  }

  #flagsOf(place: number): number {
    const flags = this.#words.flagsOf(this.#texts[place]) ?? UNKNOWN;
    this.#flags[place] = flags;
    return flags;
  }

  #deviceOf(place: number): number {
    if (Number.isNaN(place)) return this.#words.deviceOf(null);
    const device = this.#words.deviceOf(this.#texts[place]);
    this.#devices[place] = device;
    return device;
  }

  #processOf(pid: number, name: number): number {
    if (Object.is(pid, this.#processPid) && Object.is(name, this.#processName)) return this.#process;
    this.#processPid = pid;
    this.#processName = name;
    this.#process = this.#otherProcess(pid, name);
    return this.#process;
  }

  #otherProcess(pid: number, name: number): number {
    const [pidKey, nameKey] = [Number.isNaN(pid) ? 0 : pid + 1, Number.isNaN(name) ? 0 : name + 1];
    const hasKey = !(pid < 0) && pidKey < MOST_PIDS && nameKey < MOST_TEXTS;
    const key = nameKey * MOST_PIDS + pidKey;
    const known = hasKey ? this.#processes.get(key) : undefined;
    if (known !== undefined) return known;
    const process = this.#words.processOf(
      Number.isNaN(pid) ? null : pid,
      Number.isNaN(name) ? null : this.#texts[name],
    );
    if (hasKey && this.#processes.size < MOST_PROCESSES) this.#processes.set(key, process);
    return process;
  }

  #record(mergedBios: number): void {
    if (!Number.isNaN(mergedBios)) this.#out.recorded.merges = true;
  }

  #recordCompletion(queueNs: number, error: number): void {
    const { recorded } = this.#out;
    recorded.completion = true;
    if (!Number.isNaN(error)) recorded.error = true;
    if (!Number.isNaN(queueNs)) recorded.queue = true;
  }
}

/** The values of plain columns, as any others. */
export function plainCells(columns: PlainColumns, texts: Texts): Cells {
  const cells: Partial<Record<Field, (string | number | boolean | null)[]>> = {};
  for (const [field, values] of columns)
    cells[field] = Array.from(values, (value) => {
      if (Number.isNaN(value)) return null;
      return TEXT_FIELDS.has(field) ? texts[value]! : field === "isComplete" ? value === 1 : value;
    });
  return cells;
}

/** The columns of a stretch; one that is not there has no value in any row. */
function columnsOf(columns: PlainColumns) {
  const nothing = new Float64Array(columns.get("op")?.length ?? 0).fill(Number.NaN);
  const column = (field: Field): Float64Array => columns.get(field) ?? nothing;
  return {
    op: column("op"),
    offset: column("offset"),
    length: column("length"),
    time: column("time"),
    queue: column("queue"),
    getRequest: column("getRequest"),
    insert: column("insert"),
    lastIssue: column("lastIssue"),
    completed: column("completed"),
    isComplete: column("isComplete"),
    error: column("error"),
    device: column("device"),
    process: column("process"),
    pid: column("pid"),
    cpu: column("cpu"),
    flags: column("flags"),
    mergedBios: column("mergedBios"),
  };
}
