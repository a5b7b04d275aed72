import { OPS } from "../../model/ops.ts";
import { byOp } from "../schemas.ts";

/** What requests did to something, by op. */
export interface Amount {
  readonly count: number;
  readonly bytes: number;
  /** Of `count`, those that are not aligned to 4 KiB. */
  readonly unaligned: number;
}

interface Running {
  count: number;
  bytes: number;
  unaligned: number;
  /** The latest request that was counted. */
  latest: number;
}

/** Counts each request once for each thing that it touches, and only the bytes that lie there. */
export class Tally {
  readonly #running = new Map<number, Running>();

  add(thing: number, op: number, request: number, bytes: number, unaligned: boolean): void {
    const key = thing * OPS.length + op;
    let running = this.#running.get(key);
    if (running === undefined) {
      running = { count: 0, bytes: 0, unaligned: 0, latest: -1 };
      this.#running.set(key, running);
    }
    running.bytes += bytes;
    if (running.latest === request) return;
    running.latest = request;
    running.count++;
    if (unaligned) running.unaligned++;
  }

  /** What was touched, ascending. */
  get things(): readonly number[] {
    const things = new Set(Array.from(this.#running.keys(), (key) => Math.floor(key / OPS.length)));
    return [...things].sort((a, b) => a - b);
  }

  of(thing: number): ReturnType<typeof byOp<Amount>> {
    return byOp((op) => {
      const running = this.#running.get(thing * OPS.length + op);
      if (running === undefined) return null;
      const { count, bytes, unaligned } = running;
      return { count, bytes, unaligned };
    });
  }
}
