import { OP_CODE } from "../../model/ops.ts";
import { PlainNumber } from "../text/plainNumber.ts";
import type { Samples } from "./samples.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { read: READ, write: WRITE, discard: DISCARD } = OP_CODE;
const [LINE_FEED, SPACE, COMMA, ZERO, LETTER_X] = [10, 32, 44, 48, 120];
const ODD = -1;

/** Reads the usual lines, `1, 385759, 0, 4096, 3104768, 0`, of a log whose first line was read. */
export class PlainSamples {
  readonly #samples: Samples;
  readonly #time = new PlainNumber();
  readonly #value = new PlainNumber();
  readonly #direction = new PlainNumber();
  readonly #length = new PlainNumber();
  readonly #offset = new PlainNumber();
  readonly #priority = new PlainNumber();
  readonly #issue = new PlainNumber();

  constructor(samples: Samples) {
    this.#samples = samples;
  }

  /** Reads the line that begins there; gives its line feed, or ODD, and then has done nothing. Hot. */
  readonly take = (bytes: Uint8Array, from: number): number => {
    const samples = this.#samples;
    const { fields } = samples;
    if (fields === 0) return ODD;
    let at = numberEnd(this.#time, bytes, from);
    at = isNext(bytes, at) ? numberEnd(this.#value, bytes, at + 2) : ODD;
    at = isNext(bytes, at) ? numberEnd(this.#direction, bytes, at + 2) : ODD;
    at = isNext(bytes, at) ? numberEnd(this.#length, bytes, at + 2) : ODD;
    at = isNext(bytes, at) ? numberEnd(this.#offset, bytes, at + 2) : ODD;
    if (fields > 5) at = isNext(bytes, at) ? this.#priorityEnd(bytes, at + 2) : ODD;
    this.#issue.value = 0;
    if (fields > 6) at = isNext(bytes, at) ? numberEnd(this.#issue, bytes, at + 2) : ODD;
    const direction = this.#direction.value;
    const length = this.#length.value;
    if (at < 0 || bytes[at] !== LINE_FEED || direction > 2 || length === 0) return ODD;
    const op = direction === 0 ? READ : direction === 1 ? WRITE : DISCARD;
    samples.add(op, this.#offset.value, length, this.#time.value, this.#issue.value, this.#value.value);
    return at;
  };

  #priorityEnd(bytes: Uint8Array, from: number): number {
    if (bytes[from] !== ZERO || bytes[from + 1] !== LETTER_X) return numberEnd(this.#priority, bytes, from);
    const to = this.#priority.readHex(bytes, from + 2);
    return to > from + 2 ? to : ODD;
  }
}

/** Where the number ends that begins there; ODD where there is none. */
function numberEnd(number: PlainNumber, bytes: Uint8Array, from: number): number {
  const to = number.read(bytes, from);
  return to > from ? to : ODD;
}

/** Whether another field follows. */
function isNext(bytes: Uint8Array, at: number): boolean {
  return at > 0 && bytes[at] === COMMA && bytes[at + 1] === SPACE;
}
