import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { OP_CODE } from "../../model/ops.ts";
import { counted } from "../../model/quantities.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { ByteNames } from "../text/byteNames.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { PlainRows } from "../text/plainRows.ts";
import { ACTION, readAction, seekActionFromEnd } from "./actions.ts";
import { LogTimes } from "./logTimes.ts";
import { PlainRequests } from "./plainRequests.ts";

const HEADER = word("fio version ");
const HEADER_CURE = 'the first line says which it is: "fio version 3 iolog", or 2 where no time leads the lines';
const EXPECTED = "add, open or close, or read, write, sync, datasync or trim with offset and length";
const NO_CPU = -1;

/** Reads the lines of one iolog. */
export class FioIologReader {
  readonly #out: TraceBuilder;
  readonly #devices: ByteNames;
  readonly #times = new LogTimes();
  /** Reads the usual lines. */
  readonly plain: PlainRows;
  #logs = 0;
  #waits = 0;

  constructor(out: TraceBuilder) {
    this.#out = out;
    this.#devices = new ByteNames((name) => out.device(name));
    this.plain = new PlainRows(new PlainRequests(out, this.#times, this.#devices).take);
  }

  read(line: Line): boolean {
    if (line.takes(HEADER)) return this.#begin(line);
    if (this.#times.version === 0) throw new TraceError(line.place(), "missing", "version of the iolog", HEADER_CURE);
    let microseconds = Number.NaN;
    if (this.#times.version === 3) {
      microseconds = line.decimalField();
      if (!Number.isFinite(microseconds)) return line.invalid("time", "microseconds since the log's start");
      line.blanks();
    }
    const nameFrom = line.at;
    line.at = line.fieldEnd();
    let nameTo = line.at;
    line.blanks();
    const actionFrom = line.at;
    let action = readAction(line);
    if (action === ACTION.unknown) {
      line.at = nameFrom;
      seekActionFromEnd(line);
      nameTo = line.at - 1;
      action = readAction(line);
    }
    if (action === ACTION.unknown || nameTo <= nameFrom) return line.invalid("action", EXPECTED, actionFrom);
    if (action === ACTION.file) return true;
    if (action === ACTION.wait) return this.#wait(line, actionFrom);
    return this.#request(line, nameFrom, nameTo, action, microseconds);
  }

  /** Says what became of the waits, and of logs that were appended. */
  finish(): void {
    if (this.#times.version === 0) return;
    if (this.#waits > 0)
      this.#out.note(
        "waits",
        `${counted(this.#waits, "wait")} between requests: version 2 has no times, and a wait is none`,
      );
    if (this.#logs > 1)
      this.#out.note(
        "appended",
        `${counted(this.#logs, "log")} in one file, which fio appends to: each counts from the end of the one before`,
      );
  }

  #begin(line: Line): boolean {
    const version = line.decimalField();
    if (version !== 2 && version !== 3)
      throw new TraceError(line.place(), "unsupported", line.quotedLine(), "this reader knows versions 2 and 3");
    if (this.#times.version !== 0 && this.#times.version !== version)
      throw new TraceError(
        line.place(),
        "unsupported",
        `version ${version} after ${this.#times.version}`,
        "split the file here",
      );
    this.#times.begin(version);
    this.#out.recorded.clock = version === 3;
    this.#logs++;
    return true;
  }

  #wait(line: Line, from: number): boolean {
    if (this.#times.version === 3)
      return line.invalid("action", "another: version 3 has times in place of waits", from);
    this.#waits++;
    return true;
  }

  #request(line: Line, nameFrom: number, nameTo: number, action: number, microseconds: number): boolean {
    const offset = line.decimalField();
    if (Number.isNaN(offset)) return line.invalid("offset", "bytes");
    line.blanks();
    const length = line.decimalField();
    if (Number.isNaN(length)) return line.invalid("length", "bytes");
    if (!line.atEnd()) return line.invalid("field after the length", "none");
    const isFlush = action === OP_CODE.flush;
    if (!isFlush && offset + length > LARGEST_EXACT) throw line.inexact(`request ${line.quotedLine()}`);
    const out = this.#out;
    const device = this.#devices.find(line.bytes, nameFrom, nameTo);
    const timeNs = this.#times.version === 3 ? this.#times.timeNs(microseconds) : out.rows;
    // A flush repeats the offset of the request before it, and has none.
    out.request(action, 0, device, isFlush ? 0 : offset, isFlush ? 0 : length, timeNs, Number.NaN, 0, NO_CPU, 0);
    return true;
  }
}
