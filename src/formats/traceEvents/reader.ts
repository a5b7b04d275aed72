import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, type BlockEventAssembler } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import { EventNames } from "./eventNames.ts";
import { EventTime } from "./eventTime.ts";
import { printedText } from "./markers.ts";
import { Met } from "./met.ts";
import { Payload } from "./payload.ts";
import { PlainEvents } from "./plainEvents.ts";
import type { PlainTask } from "./plainTask.ts";
import { Processes } from "./processes.ts";
import { isPassthrough, opOf } from "./request.ts";
import { NAMELESS } from "./rwbs.ts";
import type { Task } from "./task.ts";
import { OTHER_EVENT } from "./tracepoints.ts";

const LARGEST_ERROR = 0xffff;
const NO_PROCESS = 0;
const NO_CPU = -1;

/** Reads what is no event: headers, losses, stacks. Gives false, through `line.invalid`, where it is none of these. */
export type OtherLineReader = (line: Line) => boolean;

/** Turns the lines of event text, `TASK TIME: EVENT: PAYLOAD`, into the events of the assembler. */
export class TraceEventReader {
  /** Reads the usual lines. */
  readonly plain: PlainEvents;
  readonly #assembler: BlockEventAssembler;
  readonly #task: Task;
  readonly #readOther: OtherLineReader;
  readonly #time = new EventTime();
  readonly #names = new EventNames();
  readonly #payload = new Payload();
  readonly #processes: Processes;
  readonly #met = new Met();

  constructor(
    out: TraceBuilder,
    assembler: BlockEventAssembler,
    task: Task,
    plainTask: PlainTask,
    readOther: OtherLineReader,
  ) {
    this.#assembler = assembler;
    this.#task = task;
    this.#readOther = readOther;
    this.#processes = new Processes(out);
    this.plain = new PlainEvents(assembler, this.#time, plainTask, this.#names, this.#processes, this.#met);
  }

  /** Reads a line. Hot. */
  read(line: Line): boolean {
    const start = line.at;
    if (!this.#time.find(line)) return this.#readOther(line);
    line.blanks();
    const event = this.#names.read(line);
    if (event === undefined) return this.#readOther(line);
    if (event < 0) return this.#otherEvent(line, event);
    return this.#block(line, event, start);
  }

  /** After the last line: says what is not there, and what was passed over. */
  finish(out: TraceBuilder, file: string): void {
    this.#met.describe(out, file);
  }

  #otherEvent(line: Line, event: number): true {
    if (event === OTHER_EVENT.silent) this.#met.silent++;
    else if (event === OTHER_EVENT.marker) this.#assembler.message(line.text(line.end), this.#time.ns);
    else if (event === OTHER_EVENT.print) this.#assembler.message(printedText(line), this.#time.ns);
    else this.#met.foreign(() => this.#names.text(line));
    return true;
  }

  #block(line: Line, event: number, start: number): boolean {
    const payload = this.#payload;
    const payloadFrom = line.at;
    if (!payload.read(line)) return false;
    if (isPassthrough(payload)) this.#passthrough(event);
    else if (event === BLOCK_EVENT.issue || event === BLOCK_EVENT.queue) {
      // Whose the others are does not matter: many are of whoever is interrupted.
      line.at = start;
      if (!this.#task.read(line, this.#time.from)) return line.invalid("process", "a process before the time", start);
      this.#request(line, event, payloadFrom, this.#processes.index(line.bytes, this.#task), this.#task.cpu);
    } else this.#request(line, event, payloadFrom, NO_PROCESS, NO_CPU);
    return true;
  }

  #passthrough(event: number): void {
    if (event !== BLOCK_EVENT.issue) return;
    const { device, bytes } = this.#payload;
    const index = this.#assembler.device(device);
    this.#met.block(BLOCK_EVENT.passthrough, index);
    this.#assembler.add(BLOCK_EVENT.passthrough, index, OP_CODE.other, 0, 0, bytes, this.#time.ns, 0, NO_CPU, 0, 0);
  }

  #request(line: Line, event: number, payloadFrom: number, process: number, cpu: number): void {
    const payload = this.#payload;
    const { sectors, rwbs } = payload;
    const device = this.#assembler.device(payload.device);
    this.#met.block(event, device);
    if (rwbs.op === NAMELESS && sectors > 0 && event === BLOCK_EVENT.issue) this.#met.nameless++;
    const op = opOf(payload);
    const letters = op === OP_CODE.flush ? rwbs.flags & ~FLAG.preflush : rwbs.flags;
    const flags = letters | payload.priority;
    const length = sectors * SECTOR_BYTES;
    const offset = op === OP_CODE.flush ? 0 : this.#offset(line, length, payloadFrom);
    const error = event === BLOCK_EVENT.complete ? Math.min(payload.error, LARGEST_ERROR) : 0;
    if (event === BLOCK_EVENT.remap) {
      const { fromDevice, fromSector } = payload;
      this.#assembler.remap(device, op, offset, length, this.#time.ns, fromDevice, fromSector * SECTOR_BYTES);
      return;
    }
    const extra = event === BLOCK_EVENT.split ? payload.cutSector * SECTOR_BYTES : 0;
    this.#assembler.add(event, device, op, flags, offset, length, this.#time.ns, process, cpu, error, extra);
  }

  #offset(line: Line, length: number, payloadFrom: number): number {
    const offset = this.#payload.sector * SECTOR_BYTES;
    if (offset + length <= LARGEST_EXACT) return offset;
    if (length === 0) return 0;
    line.at = payloadFrom;
    throw line.inexact(`sector in ${line.quoted(line.end)}`);
  }
}
