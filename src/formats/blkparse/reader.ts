import type { TraceBuilder } from "../../model/builder.ts";
import { counted } from "../../model/quantities.ts";
import type { Line } from "../text/line.ts";
import { EventFeed } from "./eventFeed.ts";
import type { EventLines } from "./eventLines.ts";
import { PlainEvents } from "./plainEvents.ts";
import type { Seconds } from "./seconds.ts";
import { lostEvents, noEvent } from "./summary.ts";
import { TextEvent } from "./textEvent.ts";

/** Reads blkparse's output: the events, and from the summary on nothing. */
export class BlkparseReader {
  /** Reads the usual ones of blkparse's default lines; null for the lines of a format string. */
  readonly plain: PlainEvents | null;
  readonly #out: TraceBuilder;
  readonly #feed: EventFeed;
  readonly #event = new TextEvent();
  readonly #lines: EventLines;
  #inSummary = false;
  #skipped = 0;

  /** @param defaultSeconds those of blkparse's default lines, null for others. */
  constructor(out: TraceBuilder, lines: EventLines, defaultSeconds: Seconds | null) {
    this.#out = out;
    this.#feed = new EventFeed(out, true);
    this.#lines = lines;
    this.plain = defaultSeconds === null ? null : new PlainEvents(this.#feed, defaultSeconds);
  }

  read(line: Line): boolean {
    const from = line.at;
    const isEvent = this.#lines.read(line, this.#event);
    if (this.#inSummary)
      return isEvent
        ? line.invalid("event", "nothing after the summary: another output begins here, split the file", from)
        : this.#summary(line, from);
    if (!isEvent) return this.#other(line, from);
    this.#feed.take(line, this.#event);
    return true;
  }

  finish(): void {
    this.#feed.finish();
    const { sequences, remapsElsewhere } = this.#feed;
    if (this.#skipped > 0)
      this.#out.note(
        "not-printed",
        `blkparse did not print ${counted(this.#skipped, "event")} ("Bad fs action"): the files of blktrace have them`,
      );
    // The remaps of a traced partition stand under its disk, and leave gaps in the partition's numbers.
    if (remapsElsewhere || !this.#lines.numbered) return;
    this.#out.quality.sequenceGaps = sequences.gaps;
    this.#out.quality.missingEvents = sequences.missing;
    if (sequences.gaps > 0)
      this.#out.note(
        "records-missing",
        `${counted(sequences.missing, "event")} missing in ${counted(sequences.gaps, "place")}, as the sequence numbers tell: lost, left out by a filter, or with a cgroup id, which blkparse 1.2 does not print`,
      );
  }

  /** A line that is no event; what is wrong with it is known to `line`. */
  #other(line: Line, from: number): boolean {
    line.at = from;
    const what = noEvent(line.text(line.end));
    if (what === "summary") this.#endEvents();
    if (what === "skipped") this.#skipped++;
    return what !== null;
  }

  #endEvents(): void {
    this.#inSummary = true;
    if (this.plain !== null) this.plain.ended = true;
  }

  #summary(line: Line, from: number): boolean {
    line.at = from;
    const lost = lostEvents(line.text(line.end));
    if (lost !== null) this.#out.quality.droppedEvents = (this.#out.quality.droppedEvents ?? 0) + lost;
    return true;
  }
}
