import { BackwardNumber, beforeBlanks, type PlainTask } from "../traceEvents/index.ts";

const [TAB, SPACE, OPEN_PARENTHESIS, CLOSE_PARENTHESIS, HYPHEN] = [9, 32, 40, 41, 45];
const [ZERO, OPEN_BRACKET, CLOSE_BRACKET] = [48, 91, 93];
/** The column of a name; see FtraceTask. */
const NAME_COLUMN = 16;

/** `NAME-PID [CPU] FLAGS`, also with the thread group before the CPU or without flags. */
export class PlainFtraceTask implements PlainTask {
  pid = 0;
  cpu = 0;
  nameFrom = 0;
  nameTo = 0;
  readonly #number = new BackwardNumber();

  read(bytes: Uint8Array, start: number, to: number): boolean {
    const number = this.#number;
    let at = beforeBlanks(bytes, to);
    if (bytes[at - 1] !== CLOSE_BRACKET) {
      if (bytes[at - 1] === CLOSE_PARENTHESIS) return false;
      while (bytes[at - 1]! > SPACE) at--;
      if (bytes[at - 1] !== SPACE || (bytes[at]! - ZERO) >>> 0 <= 9) return false;
      at = beforeBlanks(bytes, at);
      if (bytes[at - 1] !== CLOSE_BRACKET) return false;
    }
    const cpuTo = at - 1;
    at = number.read(bytes, cpuTo);
    if (at === cpuTo || bytes[at - 1] !== OPEN_BRACKET) return false;
    this.cpu = number.value;
    at = beforeBlanks(bytes, at - 1);
    if (bytes[at - 1] === CLOSE_PARENTHESIS) {
      at = beforeBlanks(bytes, number.read(bytes, at - 1));
      if (bytes[at - 1] !== OPEN_PARENTHESIS) return false;
      at = beforeBlanks(bytes, at - 1);
    }
    const pidTo = at;
    at = number.read(bytes, pidTo);
    if (at === pidTo || bytes[at - 1] !== HYPHEN || at <= start) return false;
    this.pid = number.value;
    const nameTo = at - 1;
    let nameFrom = Math.max(start, nameTo - NAME_COLUMN);
    while (bytes[nameFrom] === SPACE || bytes[nameFrom] === TAB) nameFrom++;
    this.nameFrom = nameFrom;
    this.nameTo = nameTo;
    return nameFrom < nameTo;
  }
}
