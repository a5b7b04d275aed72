import { flagsOf, isPassthrough, opOf } from "./flags.ts";

const PLACES = 256;
const OP_BITS = 4;
const OP_MASK = (1 << OP_BITS) - 1;
const NONE = -1;

/** What sets of cmd_flags mean, each worked out once: a trace has few of them. */
export class Meanings {
  readonly #flags = new Int32Array(PLACES).fill(NONE);
  readonly #meanings = new Int16Array(PLACES);

  /** The op and the FLAG bits, for `op` and `flags`; -1 for passthrough commands. Hot. */
  of(commandFlags: number): number {
    const place = (commandFlags ^ (commandFlags >>> 8) ^ (commandFlags >>> 16)) & (PLACES - 1);
    if (this.#flags[place] !== commandFlags) {
      this.#flags[place] = commandFlags;
      this.#meanings[place] = meaningOf(commandFlags);
    }
    return this.#meanings[place]!;
  }

  static op(meaning: number): number {
    return meaning & OP_MASK;
  }

  static flags(meaning: number): number {
    return meaning >> OP_BITS;
  }
}

function meaningOf(commandFlags: number): number {
  return isPassthrough(commandFlags) ? NONE : opOf(commandFlags) | (flagsOf(commandFlags) << OP_BITS);
}
