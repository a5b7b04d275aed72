import type { Line } from "../text/line.ts";
import { afterBlanks, BackwardCursor, type Task } from "../traceEvents/index.ts";

const HYPHEN = 45;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const CLOSE_BRACKET = 93;
/** The column of a name; before it `trace-cmd report` writes the buffer's name where there are several. */
const NAME_COLUMN = 16;

/**
 * What ftrace and trace-cmd write before the time, backwards from there:
 *
 *     kworker/1:1H-57      [001] d.h1.      ftrace
 *             bash-16718   (  16718) [001] ...1.      with its option record-tgid; in some kernels the other way round
 *           mount-180   [001]      trace-cmd, and ftrace without its option irq-info
 *     mount-180     1d.h1.      both, in the latency format: the processor and the flags in one field
 */
export class FtraceTask implements Task {
  pid = -1;
  cpu = -1;
  nameFrom = 0;
  nameTo = 0;
  readonly #back = new BackwardCursor();

  read(line: Line, to: number): boolean {
    const back = this.#back;
    back.set(line, to);
    back.blanks();
    const cpu = this.#cpu();
    this.cpu = cpu;
    back.blanks();
    this.#threadGroup();
    this.pid = back.decimal();
    if (!(cpu >= 0 && this.pid >= 0) || !back.takesByte(HYPHEN)) return false;
    this.nameFrom = afterBlanks(line.bytes, Math.max(line.at, back.at - NAME_COLUMN), back.at);
    this.nameTo = back.at;
    return this.nameTo > this.nameFrom;
  }

  /** Goes past the flags, where there are some, and the processor. */
  #cpu(): number {
    const back = this.#back;
    this.#threadGroup();
    if (back.peek() === CLOSE_BRACKET) return back.bracketed();
    const { at } = back;
    back.field();
    const cpu = leadingNumber(back.bytes, back.at, at);
    if (cpu >= 0) return cpu;
    back.blanks();
    this.#threadGroup();
    return back.bracketed();
  }

  /** `(  16718)`, `(-----)`. */
  #threadGroup(): void {
    const back = this.#back;
    if (back.peek() !== CLOSE_PARENTHESIS) return;
    while (back.at > back.start && back.peek() !== OPEN_PARENTHESIS) back.at--;
    back.takesByte(OPEN_PARENTHESIS);
    back.blanks();
  }
}

function leadingNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = -1;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (digit >>> 0 > 9) break;
    value = Math.max(0, value) * 10 + digit;
  }
  return value;
}
