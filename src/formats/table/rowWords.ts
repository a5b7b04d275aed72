import type { TraceBuilder } from "../../model/builder.ts";
import type { TableField } from "../../model/format.ts";
import { FLAG_WORD, OP_CODE } from "../../model/ops.ts";
import { counted } from "../../model/quantities.ts";
import { FieldWords } from "./fieldWords.ts";
import type { TableLayout } from "./layout.ts";
import type { LineFields } from "./lineFields.ts";

const NONE = -1;
const LARGEST_CPU = 0x7fff;
const LARGEST_ERROR = 0xffff;
const UNKNOWN_FLAG = 1 << 15;
/** The name of the device where the table does not say. */
const ONLY_DEVICE = "disk";

/** What the fields of a line mean whose texts come again and again: each text is looked at once. */
export class RowWords {
  op = 0;
  flags = 0;
  device = NONE;
  process = 0;
  cpu = NONE;
  error = 0;
  /** Requests whose op column is empty. */
  withoutOp = 0;
  readonly #out: TraceBuilder;
  readonly #layout: TableLayout;
  readonly #fields: LineFields;
  readonly #ops = new FieldWords((text) => this.#opOf(text));
  readonly #flagWords = new FieldWords(flagsOf);
  readonly #devices = new FieldWords((text) => this.#deviceOf(text));
  readonly #processes = new FieldWords((text) => this.#processOf(text));
  readonly #cpus = new FieldWords((text) => numberOf(text, LARGEST_CPU));
  readonly #errors = new FieldWords((text) => numberOf(text, LARGEST_ERROR));
  /** Columns from 0, NONE where there is none. */
  readonly #opAt: number;
  readonly #flagsAt: number;
  readonly #deviceFrom: number;
  readonly #deviceTo: number;
  readonly #processAt: number;
  readonly #cpuAt: number;
  readonly #errorAt: number;
  #withProcess = false;
  #withError = false;
  #withFlags = false;
  #unknownFlags = 0;

  constructor(out: TraceBuilder, layout: TableLayout, fields: LineFields) {
    const { at, deviceColumns = 1 } = layout;
    this.#out = out;
    this.#layout = layout;
    this.#fields = fields;
    this.#opAt = at.op!;
    this.#flagsAt = at.flags ?? NONE;
    this.#deviceFrom = at.device ?? NONE;
    this.#deviceTo = this.#deviceFrom + deviceColumns - 1;
    this.#processAt = at.pid ?? at.process ?? NONE;
    this.#cpuAt = at.cpu ?? NONE;
    this.#errorAt = at.error ?? NONE;
  }

  /** Reads the op; gives whether it is known. An empty field may mean something. Hot. */
  readOp(): boolean {
    const { bytes, starts, ends } = this.#fields;
    this.op = this.#ops.find(bytes, starts[this.#opAt]!, ends[this.#opAt]!);
    return this.op >= 0;
  }

  /** Reads the rest; gives the field that cannot be understood, or null. Names last: a line that is no request names nothing. Hot. */
  readOthers(): TableField | null {
    if (this.#cpuAt >= 0) {
      this.cpu = this.#find(this.#cpus, this.#cpuAt);
      if (this.cpu < NONE) return "cpu";
    }
    if (this.#errorAt >= 0) {
      this.error = this.#find(this.#errors, this.#errorAt);
      if (this.error < NONE) return "error";
    }
    if (this.#processAt >= 0) {
      this.process = this.#find(this.#processes, this.#processAt);
      if (this.process < NONE) return "pid";
    }
    const { bytes, starts, ends } = this.#fields;
    if (this.#deviceFrom >= 0)
      this.device = this.#devices.find(bytes, starts[this.#deviceFrom]!, ends[this.#deviceTo]!);
    else if (this.device < 0) this.device = this.#deviceOf("");
    return null;
  }

  /** Counts the line that was read: it is a request. Hot. */
  accept(): void {
    if (this.#processAt >= 0) {
      if (this.process > 0) this.#withProcess = true;
      else this.process = 0;
    }
    if (this.#errorAt >= 0) {
      if (this.error >= 0) this.#withError = true;
      else this.error = 0;
    }
    if (this.#flagsAt >= 0) this.#acceptFlags();
    if (this.#fields.isEmpty(this.#opAt)) this.withoutOp++;
  }

  /** After the last line. */
  finish(): void {
    Object.assign(this.#out.recorded, {
      process: this.#withProcess,
      error: this.#withError,
      flags: this.#withFlags,
    });
    if (this.#unknownFlags > 0)
      this.#out.note(
        "unknown-flags",
        `${counted(this.#unknownFlags, "request")} with flags other than ${Object.keys(FLAG_WORD).join(", ")}: they are left out`,
      );
  }

  #acceptFlags(): void {
    const flags = this.#find(this.#flagWords, this.#flagsAt);
    if (flags >= 0) this.#withFlags = true;
    if (flags > 0 && (flags & UNKNOWN_FLAG) !== 0) this.#unknownFlags++;
    this.flags = Math.max(0, flags) & ~UNKNOWN_FLAG;
  }

  /** NONE where the field is empty. */
  #find(words: FieldWords, column: number): number {
    const { bytes, starts, ends } = this.#fields;
    const from = starts[column]!;
    const to = ends[column]!;
    return from === to ? NONE : words.find(bytes, from, to);
  }

  #opOf(text: string): number {
    const op = this.#layout.opOf(text);
    return op === undefined ? NONE : OP_CODE[op];
  }

  #deviceOf(text: string): number {
    const { deviceId } = this.#layout;
    return this.#out.device(text === "" ? ONLY_DEVICE : (deviceId?.(text) ?? text));
  }

  /** The process of the line, which no earlier line had. */
  #processOf(key: string): number {
    const { at, processName = (name: string) => name } = this.#layout;
    if (at.pid === undefined) return this.#out.process(processName(key));
    const number = numberOf(key, Number.MAX_SAFE_INTEGER);
    if (number < 0) return number;
    const name = at.process === undefined ? "" : this.#fields.text(at.process);
    return this.#out.process(number, name === "" ? undefined : processName(name));
  }
}

/** A whole number without its sign, at most `largest`; less than NONE where there is none. */
function numberOf(text: string, largest: number): number {
  return /^-?\d+$/.test(text) ? Math.min(Math.abs(Number(text)), largest) : NONE - 1;
}

function flagsOf(text: string): number {
  let flags = 0;
  for (const name of text.split("|"))
    flags |= Object.hasOwn(FLAG_WORD, name) ? FLAG_WORD[name as keyof typeof FLAG_WORD] : UNKNOWN_FLAG;
  return flags;
}
