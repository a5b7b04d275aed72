import { OPS, type Op } from "../../model/ops.ts";

/** Words that mean one op wherever they stand. Numbers and other letters mean different ones to different programs. */
const WORDS = new Map<string, Op>([
  ...OPS.map((op) => [op.toLowerCase(), op] as const),
  ["r", "read"],
  ["w", "write"],
  ["trim", "discard"],
  ["unmap", "discard"],
]);

/** The op of a word as people write it: "R", "Write", "write_zeroes"; undefined where it may be any. */
export function opOfWord(word: string): Op | undefined {
  return WORDS.get(word.toLowerCase().replaceAll(/[ _-]/g, ""));
}
