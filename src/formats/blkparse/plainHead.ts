import { fourDigits, oddDigits, zeroPadded } from "../text/digitWords.ts";
import type { EventFeed } from "./eventFeed.ts";
import { PlainDevice } from "./plainDevice.ts";

const [SPACE, DOT, ZERO] = [32, 46, 48];
/** Where the fields of `%D %2c %8s %5T.%9t %5p` and the blanks between them stand while none is wider than its column. */
const [DEVICE_END, CPU_AT, SEQUENCE_AT, SECONDS_AT, NANOSECONDS_AT, PID_AT, PID_END] = [7, 8, 11, 20, 26, 36, 41];
/** A blank before and after two bytes. */
const [BLANKS_AROUND, BLANK_BYTES] = [0x20000020, 0xff0000ff];
const BLANKS = 0x20202020;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
const NANOSECOND_DIGITS = 9;
const NONE = -1;
const ODD = -1;

/** What a line of blkparse begins with: device, CPU, number, time and pid. */
export class PlainHead {
  /** The trace's index of the device. */
  device = 0;
  cpu = 0;
  sequence = 0;
  seconds = 0;
  nanoseconds = 0;
  pid = 0;
  readonly #devices: PlainDevice;
  /** The bytes of the latest device and of the latest second in their columns. */
  #deviceStart = 0;
  #deviceRest = 0;
  #columnDevice = NONE;
  #secondStart = 0;
  #secondRest = 0;
  #second = NONE;

  constructor(feed: EventFeed) {
    this.#devices = new PlainDevice(feed);
  }

  /** Gives where the pid ends, before a blank; -1 where the line does not begin as usual. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    const end = this.#readColumns(bytes, view, start);
    return end < 0 ? this.#readFields(bytes, start) : end;
  }

  /** Fields in their columns: most bytes are compared with those of the line before, or read four at a time. */
  #readColumns(bytes: Uint8Array, view: DataView, start: number): number {
    if (!this.#isSameDevice(view, start) && !this.#beginDevice(bytes, view, start)) return ODD;
    const cpu = view.getInt32(start + CPU_AT - 1, true);
    if ((cpu & BLANK_BYTES) !== BLANKS_AROUND) return ODD;
    const cpuTens = ((cpu >>> 8) & 0xff) === SPACE ? 0 : ((cpu >>> 8) & 0xff) - ZERO;
    const cpuOnes = ((cpu >>> 16) & 0xff) - ZERO;
    const sequenceBytes = view.getInt32(start + SEQUENCE_AT, true);
    const sequenceStart = zeroPadded(sequenceBytes);
    let sequenceRest = view.getInt32(start + SEQUENCE_AT + 4, true);
    if (sequenceBytes === BLANKS && sequenceRest !== BLANKS) sequenceRest = zeroPadded(sequenceRest);
    if (cpuTens >>> 0 > 9 || cpuOnes >>> 0 > 9 || (oddDigits(sequenceStart) | oddDigits(sequenceRest)) !== 0)
      return ODD;
    if (!this.#isSameSecond(view, start) && !this.#beginSecond(bytes, view, start)) return ODD;
    const nanosecondsStart = view.getInt32(start + NANOSECONDS_AT, true);
    const nanosecondsRest = view.getInt32(start + NANOSECONDS_AT + 4, true);
    const lastNanosecond = bytes[start + NANOSECONDS_AT + 8]! - ZERO;
    if (lastNanosecond >>> 0 > 9 || (oddDigits(nanosecondsStart) | oddDigits(nanosecondsRest)) !== 0) return ODD;
    const pidStart = zeroPadded(view.getInt32(start + PID_AT, true));
    const pidOnes = bytes[start + PID_AT + 4]! - ZERO;
    if (pidOnes >>> 0 > 9 || oddDigits(pidStart) !== 0) return ODD;
    if (bytes[start + PID_AT - 1] !== SPACE || bytes[start + PID_END] !== SPACE) return ODD;
    this.device = this.#columnDevice;
    this.cpu = cpuTens * 10 + cpuOnes;
    this.sequence = fourDigits(sequenceStart) * 10_000 + fourDigits(sequenceRest);
    this.seconds = this.#second;
    this.nanoseconds = fourDigits(nanosecondsStart) * 100_000 + fourDigits(nanosecondsRest) * 10 + lastNanosecond;
    this.pid = fourDigits(pidStart) * 10 + pidOnes;
    return start + PID_END;
  }

  #isSameDevice(view: DataView, start: number): boolean {
    return (
      this.#columnDevice !== NONE &&
      view.getInt32(start, true) === this.#deviceStart &&
      view.getInt32(start + 4, true) === this.#deviceRest
    );
  }

  #beginDevice(bytes: Uint8Array, view: DataView, start: number): boolean {
    let at = start;
    while (bytes[at] === SPACE) at++;
    at = this.#devices.read(bytes, at);
    if (at < 0) return false;
    while (bytes[at] === SPACE) at++;
    if (at <= start + DEVICE_END) return false;
    this.#columnDevice = this.#devices.index;
    this.#deviceStart = view.getInt32(start, true);
    this.#deviceRest = view.getInt32(start + 4, true);
    return true;
  }

  #isSameSecond(view: DataView, start: number): boolean {
    return (
      this.#second !== NONE &&
      view.getInt32(start + SECONDS_AT - 1, true) === this.#secondStart &&
      view.getInt32(start + SECONDS_AT + 2, true) === this.#secondRest
    );
  }

  #beginSecond(bytes: Uint8Array, view: DataView, start: number): boolean {
    const secondsStart = zeroPadded(view.getInt32(start + SECONDS_AT, true));
    const ones = bytes[start + SECONDS_AT + 4]! - ZERO;
    if (ones >>> 0 > 9 || oddDigits(secondsStart) !== 0) return false;
    if (bytes[start + SECONDS_AT - 1] !== SPACE || bytes[start + NANOSECONDS_AT - 1] !== DOT) return false;
    this.#second = fourDigits(secondsStart) * 10 + ones;
    this.#secondStart = view.getInt32(start + SECONDS_AT - 1, true);
    this.#secondRest = view.getInt32(start + SECONDS_AT + 2, true);
    return true;
  }

  /** Fields between blanks, as wide as they are. */
  #readFields(bytes: Uint8Array, start: number): number {
    let at = start;
    while (bytes[at] === SPACE) at++;
    at = this.#devices.read(bytes, at);
    if (at < 0) return ODD;
    while (bytes[at] === SPACE) at++;
    let fieldAt = at;
    let cpu = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      cpu = (Math.imul(cpu, 10) + digit) | 0;
    if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;
    while (bytes[at] === SPACE) at++;
    fieldAt = at;
    let sequence = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      sequence = (Math.imul(sequence, 10) + digit) | 0;
    if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;
    while (bytes[at] === SPACE) at++;
    fieldAt = at;
    let seconds = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      seconds = (Math.imul(seconds, 10) + digit) | 0;
    if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== DOT) return ODD;
    fieldAt = ++at;
    let nanoseconds = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      nanoseconds = (Math.imul(nanoseconds, 10) + digit) | 0;
    if (at !== fieldAt + NANOSECOND_DIGITS || bytes[at] !== SPACE) return ODD;
    while (bytes[at] === SPACE) at++;
    fieldAt = at;
    let pid = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      pid = (Math.imul(pid, 10) + digit) | 0;
    if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;
    this.device = this.#devices.index;
    this.cpu = cpu;
    this.sequence = sequence;
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.pid = pid;
    return at;
  }
}
