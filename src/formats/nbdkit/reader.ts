import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import type { Device } from "../../model/trace.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { ACTION, readAction } from "./actions.ts";
import { Clock } from "./clock.ts";
import { type Connect, readConnect } from "./connect.ts";
import { type Connection, Connections } from "./connections.ts";
import { endsWithDots, readCount, readError, readFlags, readId, readOffset, takesDots } from "./fields.ts";
import { OpenRequests } from "./openRequests.ts";
import { PlainRequestLines } from "./plainLines.ts";
import { Requests } from "./requests.ts";

const CONNECTION = word("connection=");
const RETURN = word("return=");
const MINUS = 45;
/** The name shown for the export without a name, which most servers have alone. */
const DEFAULT_EXPORT = "disk";

/** Reads the lines of one log, and pairs requests with their returns. */
export class NbdkitLogReader {
  readonly #out: TraceBuilder;
  readonly #clock: Clock;
  readonly #connections: Connections;
  readonly #requests: Requests;
  /** Reads the usual lines. */
  readonly plain: PlainRequestLines;

  constructor(out: TraceBuilder) {
    const open = new OpenRequests();
    this.#out = out;
    this.#clock = new Clock(out);
    this.#connections = new Connections(out, open);
    this.#requests = new Requests(out, this.#clock, open);
    this.plain = new PlainRequestLines(this.#clock, this.#connections, this.#requests);
  }

  read(line: Line): boolean {
    const from = line.at;
    if (!this.#clock.read(line)) return line.invalid("time", "YYYY-MM-DD HH:MM:SS.uuuuuu", from);
    line.blanks();
    const connection = line.takes(CONNECTION) ? line.decimalField() : 0;
    if (!Number.isFinite(connection)) return line.invalid("connection", "a whole number");
    line.blanks();
    const leaves = takesDots(line);
    const action = readAction(line);
    if (action === ACTION.unknown) return line.invalid("action", "one of nbdkit's log filter");
    if (action === ACTION.connect) return this.#connect(line, connection);
    if (action === ACTION.disconnect) this.#connections.end(connection);
    if (action === ACTION.disconnect || action === ACTION.noRequest) return true;
    return leaves ? this.#leave(line, connection) : this.#enter(line, connection, action);
  }

  /** Counts what is still open. */
  finish(): void {
    this.#connections.endAll();
  }

  #connect(line: Line, number: number): boolean {
    this.#connections.begin(number, this.#device(readConnect(line)));
    return true;
  }

  #device({ exportName, sizeBytes, minimumBytes, rotational }: Connect): number {
    const name = exportName === "" ? DEFAULT_EXPORT : exportName;
    const device = this.#out.device(name);
    const facts = this.#out.deviceFacts(device);
    if (!Number.isNaN(sizeBytes)) this.#learnSize(facts, sizeBytes);
    if (minimumBytes > 1) facts.logicalBlockBytes ??= minimumBytes;
    if (rotational) facts.rotational ??= true;
    return device;
  }

  #learnSize(facts: Device, sizeBytes: number): void {
    facts.bytes ??= sizeBytes;
    if (facts.bytes === sizeBytes) return;
    this.#out.note("size-differs", `a client found "${facts.name}" with ${sizeBytes} bytes, not ${facts.bytes}`);
  }

  #connection(number: number): Connection {
    const known = this.#connections.find(number);
    if (known !== undefined) return known;
    this.#out.note("connection-without-connect", "the log begins after a client connected: its export is not known");
    return this.#connections.begin(number, this.#out.device(DEFAULT_EXPORT));
  }

  #enter(line: Line, number: number, op: number): boolean {
    const id = readId(line);
    if (!Number.isFinite(id)) return line.invalid("id", "id= and a whole number");
    line.blanks();
    const from = line.at;
    const isFlush = op === OP_CODE.flush;
    const offsetBytes = isFlush ? 0 : readOffset(line);
    if (Number.isNaN(offsetBytes)) return line.invalid("offset", "offset=0x and a number");
    const lengthBytes = isFlush ? 0 : readCount(line);
    if (Number.isNaN(lengthBytes)) return line.invalid("count", "count=0x and a number");
    const flags = readFlags(line);
    if (!endsWithDots(line)) return line.invalid('"..."', "at the end of a request's line", line.end);
    if (offsetBytes + lengthBytes > LARGEST_EXACT) throw line.inexact(`request ${line.quotedField(from)}`);
    this.#requests.enter(this.#connection(number), id, op, flags, offsetBytes, lengthBytes);
    return true;
  }

  #leave(line: Line, number: number): boolean {
    const id = readId(line);
    if (!Number.isFinite(id)) return line.invalid("id", "id= and a whole number");
    line.blanks();
    if (!line.takes(RETURN)) return line.invalid("return", "return= and a number");
    const failed = line.takesByte(MINUS);
    if (Number.isNaN(line.decimalField())) return line.invalid("return value", "a whole number");
    const error = failed ? readError(line) : 0;
    if (error === undefined) return line.invalid("error", "one that NBD knows");
    this.#requests.leave(this.#connections.find(number), id, error);
    return true;
  }
}
