import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import { counted } from "../../model/quantities.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, BlockEventAssembler } from "../blockEvents/index.ts";
import { ByteNames } from "../text/byteNames.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { flagsOf, isPassthrough, opOf } from "./flags.ts";
import { PlainEvents } from "./plainEvents.ts";
import { errnoOf } from "./statuses.ts";

const LETTER = { C: 67, D: 68 } as const;
const SPACE = 32;
const HASH = 35;
const AT = 64;
const ERROR = word("err=");
const NO_CPU = -1;
const NO_PROCESS = 0;
/** What bpftrace itself says between the lines. */
const LOST = /^Lost (\d+) events/;
const TALK = /^Attach(?:ing|ed) \d+ probes?/;

/** Reads the lines of one log. */
export class BpftraceReader {
  readonly #out: TraceBuilder;
  readonly #assembler: BlockEventAssembler;
  readonly #devices: ByteNames;
  readonly #processes: ByteNames;
  /** Reads the usual lines. */
  readonly plain: PlainEvents;
  #diskless = 0;

  constructor(out: TraceBuilder) {
    this.#out = out;
    // Each CPU has a buffer of its own, and bpftrace empties one after the other.
    this.#assembler = new BlockEventAssembler(out, { shuffled: true });
    this.#devices = new ByteNames((name) => out.device(name));
    this.#processes = new ByteNames((text) => {
      const [, name = "", pid = ""] = /^(.*) (\d+)$/s.exec(text) ?? [];
      return out.process(Number(pid), name);
    });
    this.plain = new PlainEvents(this.#assembler, this.#devices, this.#processes);
  }

  read(line: Line): boolean {
    const ns = line.decimalField();
    if (!Number.isFinite(ns)) return this.#isTalk(line) || line.invalid("time", "nanoseconds");
    line.blanks();
    const issued = line.takesByte(LETTER.D);
    if (!(issued || line.takesByte(LETTER.C)) || !line.takesByte(SPACE)) return line.invalid("event", "D or C");
    const diskFrom = line.at;
    const diskTo = line.fieldEnd();
    line.at = diskTo;
    line.blanks();
    const flagsFrom = line.at;
    const commandFlags = line.hex();
    if (!Number.isFinite(commandFlags) || !line.atFieldEnd())
      return line.invalid("flags", "a hexadecimal number", flagsFrom);
    line.blanks();
    const sectorFrom = line.at;
    const sector = line.decimalField();
    if (Number.isNaN(sector)) return line.invalid("sector", "a whole number");
    line.blanks();
    const bytes = line.decimalField();
    if (Number.isNaN(bytes)) return line.invalid("bytes", "a whole number");
    line.blanks();
    const tail = issued ? this.#readProcess(line) : readStatus(line);
    if (Number.isNaN(tail)) return false;
    const op = opOf(commandFlags);
    // A flush has no sector: 2^64 - 1.
    const offset = bytes === 0 && !(sector * SECTOR_BYTES <= LARGEST_EXACT) ? 0 : sector * SECTOR_BYTES;
    if (!(offset + bytes <= LARGEST_EXACT)) throw line.inexact(`sector ${line.quotedField(sectorFrom)}`);
    if (diskTo === diskFrom) this.#diskless++;
    else this.#add(issued, this.#devices.find(line.bytes, diskFrom, diskTo), commandFlags, op, offset, bytes, ns, tail);
    return true;
  }

  finish(): void {
    this.#assembler.finish();
    if (this.#diskless > 0)
      this.#out.note(
        "diskless",
        `${counted(this.#diskless, "event")} of queues without a disk, which carry no requests, are left out`,
      );
  }

  #add(
    issued: boolean,
    device: number,
    commandFlags: number,
    op: number,
    offset: number,
    bytes: number,
    ns: number,
    tail: number,
  ): void {
    const passes = isPassthrough(commandFlags);
    if (passes && !issued) return;
    if (Number.isNaN(this.plain.zeroNs)) this.plain.zeroNs = ns;
    this.#assembler.add(
      passes ? BLOCK_EVENT.passthrough : issued ? BLOCK_EVENT.issue : BLOCK_EVENT.complete,
      device,
      op,
      flagsOf(commandFlags),
      op === OP_CODE.flush ? 0 : offset,
      op === OP_CODE.flush ? 0 : bytes,
      ns - this.plain.zeroNs,
      issued ? tail : NO_PROCESS,
      NO_CPU,
      issued ? 0 : tail,
      0,
    );
  }

  /** A command, which may hold blanks, and its pid; gives the process, or NaN where it is none. */
  #readProcess(line: Line): number {
    const { bytes, at: from } = line;
    let to = line.end;
    while (to > from && bytes[to - 1] === SPACE) to--;
    let pidFrom = to;
    while (pidFrom > from && isDigit(bytes[pidFrom - 1]!)) pidFrom--;
    if (pidFrom < to && pidFrom > from && bytes[pidFrom - 1] === SPACE) return this.#processes.find(bytes, from, to);
    line.invalid("process", "a command and its pid");
    return Number.NaN;
  }

  /** A line that is no event's: comments, what bpftrace says, and the maps that it prints at its end. */
  #isTalk(line: Line): boolean {
    const first = line.peek();
    if (first === HASH || first === AT) return true;
    const text = line.text(line.end);
    const lost = LOST.exec(text)?.[1];
    if (lost !== undefined) this.#out.quality.droppedEvents = (this.#out.quality.droppedEvents ?? 0) + Number(lost);
    return lost !== undefined || TALK.test(text);
  }
}

/** `err=` and a status; what may follow, a latency, the times tell. Gives the errno, or NaN where it is none. */
function readStatus(line: Line): number {
  const from = line.at;
  if (line.takes(ERROR)) {
    const status = line.decimalField();
    if (Number.isFinite(status)) return errnoOf(status);
  }
  line.invalid("status", "err= and a whole number", from);
  return Number.NaN;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
