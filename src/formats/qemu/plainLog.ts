import { Cursor } from "../text/cursor.ts";
import type { PlainLines } from "../text/readLines.ts";
import type { EventArguments } from "./eventArguments.ts";
import { type EventForms, NOT_A_NAME, OTHER_EVENT, takeEventName } from "./eventTable.ts";
import type { LogClock } from "./logClock.ts";
import type { QemuTrace } from "./qemuTrace.ts";
import { InexactRange } from "./range.ts";

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/** Reads the usual lines of the log backend, `PID@SECONDS.MICROSECONDS:NAME …`, many in one call. */
export class PlainLog implements PlainLines {
  lines = 0;
  readonly #clock: LogClock;
  readonly #trace: QemuTrace;
  readonly #event: EventArguments;
  readonly #cursor = new Cursor();

  constructor(clock: LogClock, trace: QemuTrace, event: EventArguments) {
    this.#clock = clock;
    this.#trace = trace;
    this.#event = event;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    if (!this.#clock.runs) return from;
    const last = bytes.lastIndexOf(LINE_FEED, end - 1);
    let lines = 0;
    let next = from;
    while (next <= last) {
      const nameAt = this.#clock.readPlain(bytes, next);
      if (nameAt < 0) break;
      let to = nameAt;
      while (bytes[to] !== LINE_FEED) to++;
      if (bytes[to - 1] === CARRIAGE_RETURN || !this.#takeEvent(bytes, nameAt, to)) break;
      next = to + 1;
      lines++;
    }
    this.lines = lines;
    return next;
  }

  /** Gives false where it is not an event as usual, and then has done nothing. */
  #takeEvent(bytes: Uint8Array, from: number, to: number): boolean {
    const cursor = this.#cursor;
    cursor.set(bytes, from, to);
    const forms = takeEventName(cursor);
    if (forms === NOT_A_NAME) return false;
    return forms === OTHER_EVENT || this.#takeForm(forms);
  }

  #takeForm({ forms }: EventForms): boolean {
    const cursor = this.#cursor;
    const event = this.#event;
    const from = cursor.at;
    event.timeNs = this.#clock.timeNs;
    for (let i = 0; i < forms.length; i++) {
      const { form, take } = forms[i]!;
      cursor.at = from;
      if (form.readLog(cursor, event)) return takesRange(take, this.#trace, event);
    }
    return false;
  }
}

/** A range that doubles cannot hold is not as usual either: who reads the line again says where it stands. */
function takesRange(
  take: (trace: QemuTrace, event: EventArguments) => boolean,
  trace: QemuTrace,
  event: EventArguments,
): boolean {
  try {
    return take(trace, event);
  } catch (error) {
    if (error instanceof InexactRange) return false;
    throw error;
  }
}
