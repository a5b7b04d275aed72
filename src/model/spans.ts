import type { Span } from "./batch.ts";
import { QtraceDetector } from "./qtrace.ts";

const MOST_SPANS = 1000;
const MOST_NAME_LENGTH = 200;

/** A span that the side file declares, in nanoseconds from the first request. */
export interface DeclaredSpan {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
}

interface Boundary {
  readonly atNs: number;
  readonly opens: boolean;
  readonly declared: DeclaredSpan;
}

type GrowingSpan = { -readonly [Field in keyof Span]: Span[Field] };
type Note = (code: string, text: string) => void;

function boundariesOf(declared: readonly DeclaredSpan[]): Boundary[] {
  return declared
    .flatMap((span) => [
      { atNs: span.fromNs, opens: true, declared: span },
      { atNs: span.toNs, opens: false, declared: span },
    ])
    .sort((a, b) => a.atNs - b.atNs);
}

/** The marked stretches of a trace, from qtrace reads, messages and the side file. */
export class SpanList {
  readonly spans: GrowingSpan[] = [];
  /** When the next declared span begins or ends; no call to `crossBoundaries` is needed before. */
  nextBoundaryNs: number;
  readonly #note: Note;
  readonly #boundaries: readonly Boundary[];
  /** How many of them were crossed. */
  #crossed = 0;
  readonly #declared = new Map<DeclaredSpan, GrowingSpan | null>();
  readonly #detectors = new Map<number, QtraceDetector>();
  /** The span that each device's qtrace reads have switched on. */
  readonly #switchedOn = new Map<number, GrowingSpan | null>();
  #notShown = 0;

  constructor(declared: readonly DeclaredSpan[], note: Note) {
    this.#note = note;
    const forwards = declared.filter(({ fromNs, toNs }) => fromNs <= toNs);
    if (forwards.length < declared.length)
      note("span-backwards", "spans of the side file that end before they begin are left out");
    this.#boundaries = boundariesOf(forwards);
    this.nextBoundaryNs = this.#boundaries[0]?.atNs ?? Number.POSITIVE_INFINITY;
  }

  begin(name: string, row: number, timeNs: number): void {
    if (this.#open(name, "message", row, timeNs) === null) this.#notShown++;
  }

  /** Ends the last begun of the open spans with the name. */
  end(name: string, row: number, timeNs: number): void {
    const shortName = name.slice(0, MOST_NAME_LENGTH);
    const isMeant = (span: Span) => span.name === shortName && span.source === "message" && span.toRow === Infinity;
    const span = this.spans.findLast(isMeant);
    if (this.#notShown > 0) this.#notShown--;
    else if (span === undefined)
      this.#note("marker-without-partner", `span "${shortName}" was switched off and never on`);
    else close(span, row, timeNs);
  }

  /** Opens and closes the declared spans whose times have come with the request of this row. */
  crossBoundaries(row: number, timeNs: number): void {
    while (this.#crossed < this.#boundaries.length && timeNs >= this.nextBoundaryNs) {
      const { atNs, opens, declared } = this.#boundaries[this.#crossed++]!;
      this.nextBoundaryNs = this.#boundaries[this.#crossed]?.atNs ?? Number.POSITIVE_INFINITY;
      if (opens) this.#declared.set(declared, this.#open(declared.name, "sideFile", row, atNs));
      else close(this.#declared.get(declared), row, atNs);
    }
  }

  /** Looks for a qtrace pattern that ends with this read of one sector. */
  sectorRead(device: number, offsetBytes: number, row: number, timeNs: number): void {
    const match = this.#detector(device).sectorRead(offsetBytes, row, timeNs);
    if (match?.switch === "on") this.#switchOn(device, row + 1, timeNs);
    else if (match?.switch === "off") this.#switchOff(device, match.firstRow, match.firstNs);
  }

  /** The first row that a qtrace pattern, once complete, may put outside its span; Infinity where none has begun. */
  pendingRow(nextRow: number): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const device of this.#switchedOn.keys()) oldest = Math.min(oldest, this.#detector(device).pendingOff(nextRow));
    return oldest;
  }

  /** Counts the times of the spans so far from a new zero. */
  rebase(originNs: number): void {
    for (const span of this.spans) {
      span.fromNs -= originNs;
      span.toNs -= originNs;
    }
  }

  /** Lets the spans without an end run to the trace's end. */
  finish(rows: number): void {
    for (const { opens, declared } of this.#boundaries.slice(this.#crossed))
      if (opens) this.#note("span-after-end", `span "${declared.name}" of the side file begins after the last request`);
      else close(this.#declared.get(declared), rows, declared.toNs);
    for (const span of this.spans) {
      if (span.toRow !== Number.POSITIVE_INFINITY) continue;
      span.toRow = rows;
      this.#note("marker-without-partner", `span "${span.name}" was switched on and never off: it runs to the end`);
    }
  }

  #detector(device: number): QtraceDetector {
    const known = this.#detectors.get(device);
    if (known !== undefined) return known;
    const detector = new QtraceDetector();
    this.#detectors.set(device, detector);
    return detector;
  }

  #switchOn(device: number, row: number, timeNs: number): void {
    if (this.#switchedOn.has(device))
      this.#note("marker-without-partner", 'span "qtrace" was switched on twice before it was switched off');
    else this.#switchedOn.set(device, this.#open("qtrace", "qtrace", row, timeNs));
  }

  #switchOff(device: number, row: number, timeNs: number): void {
    const span = this.#switchedOn.get(device);
    if (!this.#switchedOn.delete(device))
      this.#note("marker-without-partner", 'span "qtrace" was switched off and never on');
    close(span, row, timeNs);
  }

  #open(name: string, source: Span["source"], fromRow: number, fromNs: number): GrowingSpan | null {
    if (this.spans.length === MOST_SPANS) {
      this.#note("too-many-spans", `more than ${MOST_SPANS} spans; the rest are not shown`);
      return null;
    }
    const open = { toRow: Number.POSITIVE_INFINITY, toNs: Number.NaN };
    const span = { name: name.slice(0, MOST_NAME_LENGTH), source, fromRow, fromNs, ...open };
    this.spans.push(span);
    return span;
  }
}

function close(span: GrowingSpan | null | undefined, toRow: number, toNs: number): void {
  if (span == null) return;
  span.toRow = Math.max(toRow, span.fromRow);
  span.toNs = toNs;
}
