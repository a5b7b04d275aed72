import { FLAG, OP_CODE } from "../../model/ops.ts";
import type { Cursor } from "../text/cursor.ts";

export const BEFORE_A = 64;
const LETTERS = 26;
export const LETTER_BITS = 5;
export const KEY_LETTERS = 6;
const CACHE = 256;

const FLAGS_SHIFT = 4;
const OP_BITS = (1 << FLAGS_SHIFT) - 1;

/** F first, which asks for a flush before; then the operation; then what else is asked for. */
const SHAPE = /^(F?)(D|WZ|W|R|N|ZA|ZRA|ZR|ZF|ZO|ZC)([FASMUB]*)$/;
const OP_OF: Readonly<Record<string, number>> = {
  D: OP_CODE.discard,
  WZ: OP_CODE.writeZeroes,
  W: OP_CODE.write,
  R: OP_CODE.read,
  N: OP_CODE.other,
  ZA: OP_CODE.zoneAppend,
  ZRA: OP_CODE.zoneReset,
  ZR: OP_CODE.zoneReset,
  ZF: OP_CODE.zoneOther,
  ZO: OP_CODE.zoneOther,
  ZC: OP_CODE.zoneOther,
};
/** U is an atomic write; B the barrier of old kernels, whose bit became the leading F. */
const FLAG_OF: Readonly<Record<string, number>> = {
  F: FLAG.fua,
  A: FLAG.readAhead,
  S: FLAG.sync,
  M: FLAG.meta,
  U: 0,
  B: FLAG.preflush,
};

/** Ops that need no bytes. */
const WITHOUT_BYTES = new Set([OP_CODE.writeZeroes, OP_CODE.zoneAppend, OP_CODE.zoneReset, OP_CODE.zoneOther]);

/** Reads the letters of requests (WS, RAM, FWFSM, FN), each combination once. */
export class RwbsReader {
  readonly #keys = new Int32Array(CACHE).fill(-1);
  readonly #codes = new Int16Array(CACHE);

  /** Goes past the letters; gives a code for `opOf` and `flagsOf`, or -1 where they mean nothing. Hot. */
  read(line: Cursor): number {
    const { bytes, end, at: from } = line;
    let at = from;
    let key = 0;
    for (; at < end; at++) {
      const letter = bytes[at]! - BEFORE_A;
      if ((letter - 1) >>> 0 >= LETTERS) break;
      key = (key << LETTER_BITS) | letter;
    }
    const code = at - from <= KEY_LETTERS ? this.ofKey(key) : codeOf(line.text(at));
    line.at = at;
    return code;
  }

  /** The code of at most KEY_LETTERS letters, which are LETTER_BITS bits each. Hot. */
  ofKey(key: number): number {
    const slot = (key ^ (key >>> 8) ^ (key >>> 16)) & (CACHE - 1);
    if (this.#keys[slot] !== key) {
      this.#keys[slot] = key;
      this.#codes[slot] = codeOf(lettersOf(key));
    }
    return this.#codes[slot]!;
  }
}

function lettersOf(key: number): string {
  if (key === 0) return "";
  return lettersOf(key >>> LETTER_BITS) + String.fromCharCode(BEFORE_A + (key & ((1 << LETTER_BITS) - 1)));
}

function codeOf(letters: string): number {
  const [, flush, op, more] = SHAPE.exec(letters) ?? [];
  if (op === undefined) return -1;
  const flags = [...more!].reduce((sum, letter) => sum | FLAG_OF[letter]!, flush === "F" ? FLAG.preflush : 0);
  return OP_OF[op]! | (flags << FLAGS_SHIFT);
}

/** The op. Without bytes a request is a flush, or nothing that counts; an operation on zones needs none. */
export function opOf(code: number, bytes: number): number {
  const op = code & OP_BITS;
  if (bytes > 0 || WITHOUT_BYTES.has(op)) return op;
  return ((code >> FLAGS_SHIFT) & FLAG.preflush) !== 0 ? OP_CODE.flush : OP_CODE.other;
}

/** The FLAG bits: what asks for a flush alone is one, and has no preflush. */
export function flagsOf(code: number, op: number): number {
  const flags = code >> FLAGS_SHIFT;
  return op === OP_CODE.flush ? flags & ~FLAG.preflush : flags;
}
