import type { TraceBuilder } from "../../model/builder.ts";
import type { Line } from "../text/line.ts";
import { NOT_A_NAME, takeEventName } from "./eventTable.ts";
import { LogReader } from "./logReader.ts";
import type { PlainLog } from "./plainLog.ts";
import type { QemuTrace } from "./qemuTrace.ts";
import { isSimpletrace, SimpletraceReader } from "./simpletraceReader.ts";

/** Reads lines of the log backend, or of simpletrace.py: which, the first line that begins with an event tells. */
export class TextReader {
  readonly #out: TraceBuilder;
  readonly #trace: QemuTrace;
  readonly #log: LogReader;
  #reader: LogReader | SimpletraceReader | null = null;

  /** Reads the usual lines of the log backend. */
  get plain(): PlainLog {
    return this.#log.plain;
  }

  constructor(out: TraceBuilder, trace: QemuTrace) {
    this.#out = out;
    this.#trace = trace;
    this.#log = new LogReader(out, trace);
  }

  read(line: Line): boolean {
    if (this.#reader !== null) return this.#reader.read(line);
    const from = line.at;
    const isEvent = takeEventName(line) !== NOT_A_NAME;
    line.at = from;
    const simpletrace = isEvent && isSimpletrace(line);
    line.at = from;
    if (simpletrace) this.#reader = new SimpletraceReader(this.#out, this.#trace);
    else if (isEvent) this.#reader = this.#log;
    return (this.#reader ?? this.#log).read(line);
  }
}
