import type { TraceBuilder } from "../../model/builder.ts";
import { EventFeed } from "../blkparse/eventFeed.ts";
import { NumberRun } from "../blkparse/numberRun.ts";
import { TextEvent } from "../blkparse/textEvent.ts";
import { readWhat } from "../blkparse/what.ts";
import { BLOCK_EVENT, deviceNumber } from "../blockEvents/index.ts";
import { FtraceTask } from "../ftrace/ftraceTask.ts";
import { otherLineReader } from "../ftrace/otherLines.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { EventTime } from "../traceEvents/eventTime.ts";
import { ClassicLines } from "./classicLines.ts";
import { DEVICE } from "./deviceField.ts";
import { PlainEvents } from "./plainEvents.ts";

const MARKER = word("tracing_mark_write: ");

/** Reads the lines of the tracer: ftrace's beginning, and blkparse's end. */
export class BlkTracerReader {
  /** Reads the usual lines. */
  readonly plain: PlainEvents;
  readonly #feed: EventFeed;
  readonly #event = new TextEvent();
  readonly #time = new EventTime();
  readonly #task = new FtraceTask();
  readonly #device = new NumberRun(DEVICE);
  readonly #classic = new ClassicLines();
  readonly #readOther: (line: Line) => boolean;

  constructor(out: TraceBuilder) {
    // ftrace prints the buffers of all CPUs in order of time.
    this.#feed = new EventFeed(out, false);
    this.plain = new PlainEvents(this.#feed, this.#time);
    this.#readOther = otherLineReader(out);
  }

  read(line: Line): boolean {
    const from = line.at;
    if (!this.#time.find(line)) return this.#withoutTask(line, from);
    const event = this.#event;
    event.timeNs = this.#time.ns;
    line.blanks();
    if (line.takes(MARKER)) {
      event.kind = BLOCK_EVENT.message;
      this.#feed.takeMessage(line, event);
      return true;
    }
    return this.#readEvent(line, from);
  }

  finish(): void {
    this.#feed.finish();
  }

  #readEvent(line: Line, from: number): boolean {
    const event = this.#event;
    if (!this.#device.read(line)) return false;
    event.device = deviceNumber(this.#device.values[0]!, this.#device.values[1]!);
    if (!readWhat(line, event)) return false;
    const isRequest = event.kind === BLOCK_EVENT.issue || event.kind === BLOCK_EVENT.queue;
    if (isRequest && !this.#readTask(line, from)) return false;
    this.#feed.take(line, event);
    return true;
  }

  /** Whose the others are does not matter: many are of whoever is interrupted. */
  #readTask(line: Line, from: number): boolean {
    line.at = from;
    line.blanks();
    const at = line.at;
    if (!this.#task.read(line, this.#time.from)) return line.invalid("process", "NAME-PID before the time", at);
    this.#event.pid = this.#task.pid;
    this.#event.cpu = this.#task.cpu;
    return true;
  }

  #withoutTask(line: Line, from: number): boolean {
    if (this.#classic.read(line, this.#event)) {
      this.#feed.take(line, this.#event);
      return true;
    }
    line.at = from;
    return this.#readOther(line);
  }
}
