import { FLAG } from "../model/ops.ts";

/** By the value of a flags column: its words, joined by "|". */
export const FLAG_WORDS: readonly string[] = Array.from({ length: 1 << Object.keys(FLAG).length }, (_, flags) =>
  Object.entries(FLAG)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([word]) => word)
    .join("|"),
);
