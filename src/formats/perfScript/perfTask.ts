import type { Line } from "../text/line.ts";
import { afterBlanks, BackwardCursor, type Task } from "../traceEvents/index.ts";

const SLASH = 47;
const CLOSE_BRACKET = 93;

/**
 * What `perf script` writes before the time, backwards from there; the fields are people's choice (`-F`):
 *
 *      kworker/1:2H-kb 29836 [001]      comm,tid,cpu
 *       blkdiscard 16848/16848          comm,pid,tid
 */
export class PerfTask implements Task {
  pid = -1;
  cpu = -1;
  nameFrom = 0;
  nameTo = 0;
  readonly #back = new BackwardCursor();

  read(line: Line, to: number): boolean {
    const back = this.#back;
    back.set(line, to);
    back.blanks();
    this.cpu = back.peek() === CLOSE_BRACKET ? back.bracketed() : -1;
    if (Number.isNaN(this.cpu)) return false;
    back.blanks();
    const thread = back.decimal();
    if (back.takesByte(SLASH)) back.decimal();
    back.blanks();
    this.nameFrom = afterBlanks(line.bytes, line.at, back.at);
    this.nameTo = back.at;
    this.pid = Number.isNaN(thread) ? -1 : thread;
    return this.pid >= 0 || this.nameTo === this.nameFrom;
  }
}
