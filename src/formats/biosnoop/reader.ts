import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { OP_CODE } from "../../model/ops.ts";
import { counted } from "../../model/quantities.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { CompletedRequests } from "../completed/completedRequests.ts";
import { issuedWithin } from "../completed/issuedWithin.ts";
import { ByteNames } from "../text/byteNames.ts";
import { word } from "../text/cursor.ts";
import { fixedPointNs } from "../text/fixedPoint.ts";
import type { Line } from "../text/line.ts";
import { COLUMN, type Header, headerOf } from "./columns.ts";
import { gluedBytes } from "./gluedBytes.ts";
import { NS_PER_MS, NS_PER_SECOND, readSeconds, TimesOfDay } from "./times.ts";
import { flagsOfType, opOfType, readType } from "./types.ts";

const NO_CPU = -1;
const SPACE = 32;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const QUESTION_MARK = 63;
const UNKNOWN_DISK = word("<unknown>");
/** What iosnoop says at its start and end. */
const TALK = [word("Tracing "), word("Ending tracing")];
const LOST = /^(?:Possibly )?lost (\d+) (?:samples|events)/;
const HEADER_CURE = 'the first line names the columns: "TIME(s) COMM PID DISK T SECTOR BYTES LAT(ms)"';

/** Reads the lines of one log. */
export class BiosnoopReader {
  readonly #out: TraceBuilder;
  readonly #completed: CompletedRequests;
  readonly #devices: ByteNames;
  readonly #processes: ByteNames;
  readonly #timesOfDay = new TimesOfDay();
  #header: Header | undefined;
  #runs = 0;
  /** Of a run that was appended to others: where its times begin. */
  #zeroNs = 0;
  #latestNs = 0;
  #placeless = 0;

  /** Of the line that is read. */
  #startNs = Number.NaN;
  #endNs = Number.NaN;
  #tickNs = 0;
  #process = 0;
  #processMissed = false;
  #device = 0;
  #type = 0;
  #sectorFrom = 0;
  #offset = 0;
  #length = 0;
  #queuedNs = Number.NaN;
  #latencyNs = Number.NaN;

  constructor(out: TraceBuilder) {
    this.#out = out;
    this.#completed = new CompletedRequests(out);
    this.#devices = new ByteNames((name) => out.device(name));
    this.#processes = new ByteNames((text) => {
      const [, name = "", pid = ""] = /^(.*?)\s+(\d+)$/.exec(text) ?? [];
      return out.process(Number(pid), name);
    });
  }

  read(line: Line): boolean {
    const header = this.#header;
    if (header === undefined) return this.#readHeader(line);
    this.#startNs = Number.NaN;
    this.#endNs = Number.NaN;
    this.#queuedNs = Number.NaN;
    this.#processMissed = false;
    const start = line.at;
    for (let i = 0; i < header.columns.length; i++) {
      line.blanks();
      if (this.#processMissed && header.columns[i] === COLUMN.device && isPlaceless(line))
        return this.#countPlaceless();
      if (!this.#readColumn(line, header, i)) return this.#isTalk(line, start);
    }
    if (!line.atEnd()) return line.invalid("field", "no more than the header has");
    return this.#request(line);
  }

  /** Issues what waits, and says what was left out. */
  finish(): void {
    this.#completed.finish();
    if (this.#placeless > 0)
      this.#out.note(
        "placeless",
        `${counted(this.#placeless, "request")} without a disk and a place, whose beginning biosnoop did not see, are left out`,
      );
    if (this.#runs > 1)
      this.#out.note(
        "appended",
        `${counted(this.#runs, "run")} in one file: each counts from the end of the one before`,
      );
  }

  #readHeader(line: Line): boolean {
    if (TALK.some((words) => line.takes(words))) return true;
    const header = headerOf(line.text(line.end));
    if (header === undefined) throw new TraceError(line.place(), "missing", "header", HEADER_CURE);
    this.#begin(line, header);
    return true;
  }

  #begin(line: Line, header: Header): void {
    const has = (column: number): boolean => header.columns.includes(column);
    if (![COLUMN.time, COLUMN.timeOfDay, COLUMN.start, COLUMN.end].some(has))
      throw new TraceError(line.place(), "missing", "times", "record it again with iosnoop -st");
    this.#header = header;
    this.#runs++;
    if (has(COLUMN.time)) this.#zeroNs = this.#latestNs;
    if (header.typesAreLetters)
      this.#out.note("letters-only", "R stands for everything that is no write: discards are counted as reads");
    else this.#out.recorded.flags = true;
    this.#tickNs = 0;
    if (!has(COLUMN.timeOfDay)) return;
    this.#tickNs = NS_PER_MS;
    this.#out.note("times-of-printing", "the times are those at which biosnoop printed the lines, in milliseconds");
  }

  #readColumn(line: Line, header: Header, i: number): boolean {
    switch (header.columns[i]) {
      case COLUMN.time:
        this.#endNs = this.#zeroNs + readSeconds(line);
        return !Number.isNaN(this.#endNs) || line.invalid("time", "seconds");
      case COLUMN.timeOfDay:
        this.#endNs = this.#timesOfDay.read(line);
        return !Number.isNaN(this.#endNs) || line.invalid("time", "HH:MM:SS.mmm");
      case COLUMN.start:
        this.#startNs = fixedPointNs(line, NS_PER_SECOND);
        return !Number.isNaN(this.#startNs) || line.invalid("start", "seconds");
      case COLUMN.end:
        this.#endNs = fixedPointNs(line, NS_PER_SECOND);
        return !Number.isNaN(this.#endNs) || line.invalid("end", "seconds");
      case COLUMN.command:
        return this.#readProcess(line, header.commandWidth);
      case COLUMN.pid:
        return true;
      case COLUMN.device:
        return this.#readDevice(line);
      case COLUMN.type:
        this.#type = readType(line);
        return this.#type >= 0 || line.invalid("type", "letters such as R, W, FF or WSM");
      case COLUMN.sector:
        return this.#readSector(line);
      case COLUMN.bytes:
        return this.#readBytes(line);
      case COLUMN.pattern:
        line.at++;
        return line.atFieldEnd() || line.invalid("pattern", "S, R or ?", line.at - 1);
      case COLUMN.queued:
        this.#queuedNs = fixedPointNs(line, NS_PER_MS);
        return !Number.isNaN(this.#queuedNs) || line.invalid("queue time", "milliseconds");
      default:
        this.#latencyNs = fixedPointNs(line, NS_PER_MS);
        return this.#latencyNs >= 0 || line.invalid("latency", "milliseconds");
    }
  }

  /** COMM and PID: a command may hold blanks, so its width decides; where that leads nowhere, it has none. */
  #readProcess(line: Line, width: number): boolean {
    const from = line.at;
    const { bytes } = line;
    this.#processMissed = line.takesByte(QUESTION_MARK) && line.atFieldEnd();
    line.at = from + width;
    if (!(line.at < line.end && isDigit(bytes[line.at]!) && bytes[line.at - 1] === SPACE)) {
      line.at = from;
      line.at = line.fieldEnd();
      line.blanks();
    }
    if (Number.isNaN(line.decimalField())) return line.invalid("PID", "a whole number");
    this.#process = this.#processMissed ? 0 : this.#processes.find(bytes, from, line.at);
    return true;
  }

  #readDevice(line: Line): boolean {
    const from = line.at;
    line.at = line.fieldEnd();
    if (line.at === from) return line.invalid("disk", "a name");
    this.#device = this.#devices.find(line.bytes, from, line.at);
    return true;
  }

  /** A flush has no sector: -1, or that as an unsigned number. */
  #readSector(line: Line): boolean {
    this.#sectorFrom = line.at;
    const negative = line.takesByte(MINUS);
    const sector = line.decimalField();
    if (Number.isNaN(sector)) return line.invalid("sector", "a whole number", this.#sectorFrom);
    this.#offset = negative ? Number.POSITIVE_INFINITY : sector * SECTOR_BYTES;
    return true;
  }

  #readBytes(line: Line): boolean {
    const from = line.at;
    this.#length = line.decimal();
    if (Number.isNaN(this.#length)) return line.invalid("bytes", "a whole number");
    if (line.peek() !== DOT) return true;
    line.at = from;
    const digits = gluedBytes(line.text(line.fieldEnd()));
    if (digits === 0) return line.invalid("bytes", "a number that is told from the next one", from);
    this.#length = Number(line.text(from + digits));
    line.at = from + digits;
    return true;
  }

  #request(line: Line): boolean {
    const length = this.#length;
    const op = length > 0 ? opOfType(this.#type) : opWithoutBytes(this.#type);
    const offset = length > 0 ? this.#offset : 0;
    if (!(offset + length <= LARGEST_EXACT)) {
      throw line.inexact(`sector ${line.quotedField(this.#sectorFrom)}`);
    }
    const latencyNs = this.#latencyNs;
    const issueNs = this.#issueNs(latencyNs);
    const completeNs = this.#tickNs > 0 || !(this.#endNs >= issueNs) ? issueNs + latencyNs : this.#endNs;
    const queueNs = this.#queuedNs >= 0 ? issueNs - this.#queuedNs : Number.NaN;
    if (completeNs > this.#latestNs) this.#latestNs = completeNs;
    this.#completed.add(
      op,
      flagsOfType(this.#type),
      this.#device,
      offset,
      length,
      queueNs,
      issueNs,
      completeNs,
      this.#process,
      0,
      NO_CPU,
    );
    return true;
  }

  #issueNs(latencyNs: number): number {
    if (!Number.isNaN(this.#startNs)) return this.#startNs;
    if (this.#tickNs > 0) return issuedWithin(this.#endNs, latencyNs, this.#tickNs);
    return this.#endNs - latencyNs;
  }

  #countPlaceless(): boolean {
    this.#placeless++;
    return true;
  }

  /** A line that is no request's: what the programs say between them, or the header of a run that was appended. */
  #isTalk(line: Line, start: number): boolean {
    const { at } = line;
    line.at = start;
    if (TALK.some((words) => line.takes(words))) return true;
    const text = line.text(line.end);
    const lost = LOST.exec(text)?.[1];
    const header = headerOf(text);
    line.at = at;
    if (lost !== undefined) this.#out.quality.droppedEvents = (this.#out.quality.droppedEvents ?? 0) + Number(lost);
    if (header !== undefined) this.#begin(line, header);
    return lost !== undefined || header !== undefined;
  }
}

/** What carries no bytes and asks for a flush is one; of the rest nothing is known. */
function opWithoutBytes(type: number): number {
  const op = opOfType(type);
  const isFlush = op === OP_CODE.flush || (op === OP_CODE.write && flagsOfType(type) > 0);
  return isFlush ? OP_CODE.flush : OP_CODE.other;
}

/** Whether bcc knows no disk: an empty field in old versions, so that the type is next, and its name for that since. */
function isPlaceless(line: Line): boolean {
  const from = line.at;
  const unknown = line.takes(UNKNOWN_DISK);
  const missing = !unknown && readType(line) >= 0 && line.blanks() && !Number.isNaN(line.decimalField());
  line.at = from;
  return unknown || missing;
}

function isDigit(byte: number): boolean {
  return (byte - ZERO) >>> 0 <= 9;
}
