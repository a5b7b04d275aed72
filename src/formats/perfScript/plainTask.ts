import { BackwardNumber, beforeBlanks, type PlainTask } from "../traceEvents/index.ts";

const [TAB, SPACE, OPEN_BRACKET, CLOSE_BRACKET] = [9, 32, 91, 93];
const NO_CPU = -1;

/** `NAME TID [CPU]`, and without the CPU. */
export class PlainPerfTask implements PlainTask {
  pid = 0;
  cpu = 0;
  nameFrom = 0;
  nameTo = 0;
  readonly #number = new BackwardNumber();

  read(bytes: Uint8Array, start: number, to: number): boolean {
    const number = this.#number;
    let at = beforeBlanks(bytes, to);
    let cpu = NO_CPU;
    if (bytes[at - 1] === CLOSE_BRACKET) {
      const cpuTo = at - 1;
      at = number.read(bytes, cpuTo);
      if (at === cpuTo || bytes[at - 1] !== OPEN_BRACKET) return false;
      cpu = number.value;
      at = beforeBlanks(bytes, at - 1);
    }
    const pidTo = at;
    at = number.read(bytes, pidTo);
    if (at === pidTo || bytes[at - 1] !== SPACE) return false;
    const nameTo = beforeBlanks(bytes, at);
    let nameFrom = start;
    while (bytes[nameFrom] === SPACE || bytes[nameFrom] === TAB) nameFrom++;
    this.pid = number.value;
    this.cpu = cpu;
    this.nameFrom = nameFrom;
    this.nameTo = nameTo;
    return nameFrom < nameTo && bytes[nameTo - 1] !== TAB;
  }
}
