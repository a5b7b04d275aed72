/** What stands before the time of an event, in lines of the usual shape. */
export interface PlainTask {
  pid: number;
  /** -1 where it is not told. */
  cpu: number;
  nameFrom: number;
  nameTo: number;
  /** Reads the line that begins at `start` up to `to`, backwards; gives false for what is not quite as usual. Hot. */
  read(bytes: Uint8Array, start: number, to: number): boolean;
}

const [SPACE, ZERO] = [32, 48];
const NOT_SMALL = 1e9;

/** Reads whole numbers backwards, from their ends. */
export class BackwardNumber {
  value = 0;

  /** Gives where the number begins that ends there, of at most nine digits; `to` itself where there is none. Hot. */
  read(bytes: Uint8Array, to: number): number {
    let at = to;
    let value = 0;
    let unit = 1;
    for (let digit = bytes[at - 1]! - ZERO; digit >>> 0 <= 9 && unit < NOT_SMALL; digit = bytes[--at - 1]! - ZERO) {
      value = (value + Math.imul(digit, unit)) | 0;
      unit = Math.imul(unit, 10);
    }
    this.value = value;
    return at;
  }
}

/** Where the blanks begin that end there. Hot. */
export function beforeBlanks(bytes: Uint8Array, to: number): number {
  let at = to;
  while (bytes[at - 1] === SPACE) at--;
  return at;
}
