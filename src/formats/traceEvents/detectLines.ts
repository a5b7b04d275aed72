import type { Head } from "../../model/format.ts";

const MOST_BYTES = 16384;

/** How many of a file's first lines have a shape, of those that may decide: blank lines and `passed` ones do not. */
export function countFitting(
  { bytes, complete }: Head,
  shape: RegExp,
  passed: RegExp,
): { fitting: number; of: number } {
  const looked = bytes.subarray(0, MOST_BYTES);
  const lines = new TextDecoder().decode(looked).split(/\r?\n/);
  if (!complete || looked.length < bytes.length) lines.pop();
  const deciding = lines.filter((line) => line.trim() !== "" && !passed.test(line));
  return { fitting: deciding.filter((line) => shape.test(line)).length, of: deciding.length };
}
