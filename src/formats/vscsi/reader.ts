import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { CompletedRequests } from "../completed/completedRequests.ts";
import { opOfCommand } from "./commands.ts";
import { isRecord, type RecordLayout } from "./layout.ts";
import type { RecordBuffer } from "./recordBuffer.ts";

const HIGH_WORD = 2 ** 32;
const NS_PER_MICROSECOND = 1000;
const NO_CPU = -1;
const COMMANDS = 256;
/** By operation code. */
const OP_OF_COMMAND = Uint8Array.from({ length: COMMANDS }, (_, code) => OP_CODE[opOfCommand(code)]);

/** Reads the records of one file. */
export class VscsiReader {
  /** Commands that are no read, write or flush. */
  others = 0;
  readonly #out: TraceBuilder;
  readonly #layout: RecordLayout;
  readonly #file: string;
  readonly #requests: CompletedRequests;
  readonly #device: number;
  /** 0 where response times are not read. */
  readonly #responseUnitNs: number;
  #zeroHigh = Number.NaN;
  #zeroLow = 0;

  constructor(out: TraceBuilder, layout: RecordLayout, file: string, responseUnitNs: number) {
    this.#out = out;
    this.#layout = layout;
    this.#file = file;
    this.#responseUnitNs = layout.responseTime === null ? 0 : responseUnitNs;
    this.#requests = new CompletedRequests(out);
    this.#device = out.device("disk");
  }

  /** Reads what the buffer holds. Hot. */
  read({ view, count, fileByte }: RecordBuffer): void {
    const { bytes, command } = this.#layout;
    this.#out.quality.records += count;
    for (let i = 0; i < count; i++) {
      const at = i * bytes;
      const code = view.getUint16(at + command, true);
      if (code >= COMMANDS || !isRecord(view, at, this.#layout)) this.#notUnderstood(view, at, fileByte + at);
      else this.#record(view, at, code, fileByte + at);
    }
  }

  finish(): void {
    this.#requests.finish();
  }

  #record(view: DataView, at: number, code: number, fileByte: number): void {
    const { block, length, time } = this.#layout;
    const op = OP_OF_COMMAND[code]!;
    const sector = view.getUint32(at + block + 4, true) * HIGH_WORD + view.getUint32(at + block, true);
    const offsetBytes = sector * SECTOR_BYTES;
    const lengthBytes = view.getUint32(at + length, true);
    if (offsetBytes + lengthBytes > LARGEST_EXACT) throw this.#inexact(view.getBigUint64(at + block, true), fileByte);
    const timeHigh = view.getUint32(at + time + 4, true);
    const timeLow = view.getUint32(at + time, true);
    if (Number.isNaN(this.#zeroHigh)) {
      this.#zeroHigh = timeHigh;
      this.#zeroLow = timeLow;
    }
    const issueNs = ((timeHigh - this.#zeroHigh) * HIGH_WORD + (timeLow - this.#zeroLow)) * NS_PER_MICROSECOND;
    const completeNs = this.#responseUnitNs === 0 ? Number.NaN : issueNs + this.#responseNs(view, at);
    if (op === OP_CODE.other) this.others++;
    this.#requests.add(op, 0, this.#device, offsetBytes, lengthBytes, Number.NaN, issueNs, completeNs, 0, 0, NO_CPU);
  }

  #responseNs(view: DataView, at: number): number {
    const from = at + this.#layout.responseTime!;
    return (view.getUint32(from + 4, true) * HIGH_WORD + view.getUint32(from, true)) * this.#responseUnitNs;
  }

  #notUnderstood(view: DataView, at: number, byte: number): void {
    const { command, versionAt, version } = this.#layout;
    const found = `version ${view.getUint16(at + versionAt, true) >>> 8}, command ${view.getUint16(at + command, true)}`;
    this.#out.notUnderstood(
      { file: this.#file, byte },
      `record of ${found} (expected version ${version} and a command below ${COMMANDS})`,
    );
  }

  #inexact(sector: bigint, byte: number): TraceError {
    const cure = "offsets and lengths are exact up to 2^53 bytes, and no disk is larger: the record is broken";
    return new TraceError({ file: this.#file, byte }, "unsupported", `block ${sector}`, cure);
  }
}
