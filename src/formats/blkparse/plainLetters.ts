import { BEFORE_A, KEY_LETTERS, LETTER_BITS } from "./rwbs.ts";
import { letters } from "./what.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [LETTER_BEFORE_A, BITS, MOST_LETTERS] = [BEFORE_A, LETTER_BITS, KEY_LETTERS];
const SPACE = 32;
/** Three letters in their column, and the blank behind them. */
const COLUMN = 4;
const CACHE = 64;
const NONE = -1;
const ODD = -1;

/** Reads the letters of usual lines (R, WS, FWFS): a column of three as one word, which mostly was seen before. */
export class PlainLetters {
  /** Where the letters that were read end. */
  end = 0;
  readonly #words = new Int32Array(CACHE);
  readonly #codes = new Int16Array(CACHE).fill(NONE);

  /** Gives the code of the letters behind the blank that stands there; -1 where they are not as usual. Hot. */
  read(bytes: Uint8Array, view: DataView, blank: number): number {
    const column = view.getInt32(blank + 1, true);
    const place = (column ^ (column >>> 11)) & (CACHE - 1);
    if (this.#words[place] === column && this.#codes[place] !== NONE) {
      this.end = blank + COLUMN;
      return this.#codes[place]!;
    }
    const code = this.#readLetters(bytes, blank);
    if (code >= 0 && this.end === blank + COLUMN) {
      this.#words[place] = column;
      this.#codes[place] = code;
    }
    return code;
  }

  #readLetters(bytes: Uint8Array, blank: number): number {
    let at = blank;
    while (bytes[at] === SPACE) at++;
    const from = at;
    let key = 0;
    for (let byte = bytes[at]!; byte !== SPACE; byte = bytes[++at]!) {
      const letter = byte - LETTER_BEFORE_A;
      if (letter < 1 || letter > 26) return ODD;
      key = (key << BITS) | letter;
    }
    this.end = at;
    return at - from > MOST_LETTERS ? ODD : letters.ofKey(key);
  }
}
