import { FLAG_WORD } from "../model/ops.ts";

/** By the value of a flags column: its words, joined by "|". */
export const FLAG_WORDS: readonly string[] = Array.from({ length: 1 << Object.keys(FLAG_WORD).length }, (_, flags) =>
  Object.entries(FLAG_WORD)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([word]) => word)
    .join("|"),
);
