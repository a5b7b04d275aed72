import { FLAG, OP_CODE } from "../../model/ops.ts";
import { word } from "../text/cursor.ts";
import { Line } from "../text/line.ts";

/** What the letters say of the op: an OP_CODE, or that the kernel has no letter for it. */
export const NAMELESS = 255;

const A = 65;
const SPACE = 32;
const LETTER = { A: 65, C: 67, D: 68, E: 69, F: 70, N: 78, O: 79, R: 82, W: 87, Z: 90 } as const;

const OP_OF_LETTER = new Uint8Array(26).fill(NAMELESS);
OP_OF_LETTER[LETTER.R - A] = OP_CODE.read;
OP_OF_LETTER[LETTER.W - A] = OP_CODE.write;
OP_OF_LETTER[LETTER.D - A] = OP_CODE.discard;
OP_OF_LETTER[LETTER.F - A] = OP_CODE.flush;

const OP_OF_ZONE_LETTER = new Uint8Array(26).fill(NAMELESS);
OP_OF_ZONE_LETTER[LETTER.A - A] = OP_CODE.zoneAppend;
OP_OF_ZONE_LETTER[LETTER.R - A] = OP_CODE.zoneReset;
for (const letter of [LETTER.F, LETTER.O, LETTER.C]) OP_OF_ZONE_LETTER[letter - A] = OP_CODE.zoneOther;

const UNKNOWN_FLAG = 255;
/** After the op; U (atomic) and B (barrier, in kernels before 2.6.37) have no FLAG. */
const FLAG_OF_LETTER = new Uint8Array(26).fill(UNKNOWN_FLAG);
for (const [letter, flag] of Object.entries({ F: FLAG.fua, A: FLAG.readAhead, S: FLAG.sync, M: FLAG.meta, U: 0, B: 0 }))
  FLAG_OF_LETTER[letter.charCodeAt(0) - A] = flag;

/**
 * The letters that stand for an op and its flags (`WS`, `FWFSM`, `RA`, `DE`, `ZRA`), as blk_fill_rwbs writes them:
 * https://github.com/torvalds/linux/blob/v6.18/kernel/trace/blktrace.c
 */
export class Rwbs {
  /** An OP_CODE, or NAMELESS for N: write-zeroes, passthrough, and zone commands of older kernels. */
  op = 0;
  flags = 0;

  /** Reads the letters; gives false where they are none of the kernel's. Hot. */
  read(line: Line): boolean {
    const { bytes, end } = line;
    let { at } = line;
    if (at + 1 < end && bytes[at] === LETTER.F && isOp(bytes[at + 1]!)) {
      this.flags = FLAG.preflush;
      at++;
    } else this.flags = 0;
    if (at >= end || !isOp(bytes[at]!)) return false;
    this.op = OP_OF_LETTER[bytes[at]! - A]!;
    at = this.#secondLetter(bytes, at, end);
    for (; at < end && bytes[at] !== SPACE; at++) {
      const flag = FLAG_OF_LETTER[bytes[at]! - A] ?? UNKNOWN_FLAG;
      if (flag === UNKNOWN_FLAG) return false;
      this.flags |= flag;
    }
    line.at = at;
    return true;
  }

  /** Some ops have two letters, and ZRA (all zones) three; gives where the flags begin. */
  #secondLetter(bytes: Uint8Array, at: number, end: number): number {
    const first = bytes[at]!;
    if (first === LETTER.Z && at + 1 < end) {
      this.op = OP_OF_ZONE_LETTER[bytes[at + 1]! - A] ?? NAMELESS;
      return this.op === OP_CODE.zoneReset && bytes[at + 2] === LETTER.A ? at + 3 : at + 2;
    }
    if (first === LETTER.D && at + 1 < end && bytes[at + 1] === LETTER.E) {
      this.op = OP_CODE.secureErase;
      return at + 2;
    }
    return at + 1;
  }
}

const [BEFORE_A, LETTER_BITS] = [64, 5];
const CACHE = 256;
/** Bits of an op in what `ofKey` gives; the flags are above. */
const OP_BITS = 4;

/** The letters that were met, by a key of LETTER_BITS bits for each: A is 1. */
export class RwbsByKey {
  readonly #keys = new Int32Array(CACHE).fill(-1);
  readonly #codes = new Int16Array(CACHE);

  /** The op, and the flags shifted by 4; -1 where they are none of the kernel's, or name no op. Hot. */
  ofKey(key: number): number {
    const slot = (key ^ (key >>> 8) ^ (key >>> 16)) & (CACHE - 1);
    if (this.#keys[slot] !== key) {
      this.#keys[slot] = key;
      this.#codes[slot] = codeOf(word(lettersOf(key)));
    }
    return this.#codes[slot]!;
  }
}

function lettersOf(key: number): string {
  if (key === 0) return "";
  return lettersOf(key >>> LETTER_BITS) + String.fromCharCode(BEFORE_A + (key & ((1 << LETTER_BITS) - 1)));
}

function codeOf(letters: Uint8Array): number {
  const line = new Line("");
  line.set(letters, 0, letters.length);
  const rwbs = new Rwbs();
  return rwbs.read(line) && rwbs.op !== NAMELESS ? rwbs.op | (rwbs.flags << OP_BITS) : -1;
}

function isOp(byte: number): boolean {
  return (
    byte === LETTER.R ||
    byte === LETTER.W ||
    byte === LETTER.F ||
    byte === LETTER.D ||
    byte === LETTER.N ||
    byte === LETTER.Z
  );
}
