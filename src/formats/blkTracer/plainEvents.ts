import type { EventFeed } from "../blkparse/eventFeed.ts";
import { PlainDevice } from "../blkparse/plainDevice.ts";
import { PlainFtraceTask } from "../ftrace/plainTask.ts";
import type { PlainLines } from "../text/readLines.ts";
import type { EventTime } from "../traceEvents/eventTime.ts";
import { PlainTime } from "../traceEvents/plainTime.ts";

const [LINE_FEED, SPACE, LETTER_D, LETTER_Q] = [10, 32, 68, 81];
/** Words are read so far beyond a line's end at most. */
const FARTHEST = 8;
const NO_CPU = -1;
const NO_PID = 0;

/** Reads the tracer's usual lines, ftrace's beginning and blkparse's end, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  readonly #feed: EventFeed;
  readonly #time: PlainTime;
  readonly #device: PlainDevice;
  readonly #task = new PlainFtraceTask();
  #view = new DataView<ArrayBufferLike>(new ArrayBuffer(0));

  constructor(feed: EventFeed, time: EventTime) {
    this.#feed = feed;
    this.#time = new PlainTime(time);
    this.#device = new PlainDevice(feed);
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    const time = this.#time;
    if (!time.hasZero) return from;
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    const view = this.#view;
    const device = this.#device;
    const task = this.#task;
    const { plain } = this.#feed;
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, Math.min(end, bytes.length - FARTHEST) - 1);
    let lines = 0;
    let next = from;
    while (next <= last) {
      let at = time.read(bytes, next, last);
      if (at < 0) break;
      at = device.read(bytes, at);
      if (at < 0) break;
      while (bytes[at] === SPACE) at++;
      let cpu = NO_CPU;
      let pid = NO_PID;
      // Whose the others are does not matter.
      if (bytes[at] === LETTER_D || bytes[at] === LETTER_Q) {
        if (!task.read(bytes, next, time.from)) break;
        cpu = task.cpu;
        pid = task.pid;
      }
      const after = plain.take(bytes, view, at, device.index, cpu, pid, time.seconds, time.nanoseconds);
      if (after < 0) break;
      next = after;
      lines++;
    }
    this.lines = lines;
    return next;
  }
}
