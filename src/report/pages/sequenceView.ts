import type { Diff } from "../../compare/diff.ts";
import { counted, sentence } from "../../model/quantities.ts";
import { sequenceLines } from "../diff/sequenceLines.ts";
import { sequenceWords } from "../diff/words.ts";

/** Which requests changed, as `diff` shows lines. */
export interface SequenceView {
  readonly answer: string;
  readonly lines: readonly { readonly sign: string; readonly word: string; readonly text: string }[];
  readonly rest: string | null;
}

const MOST_LINES = 200;

/** For who hears the page: a sign alone says nothing. */
const WORD_OF_SIGN: Readonly<Record<string, string>> = {
  " ": "same",
  "-": "only in A",
  "+": "only in B",
  "~": "changed",
  "…": "folded",
};

/** The sequence of requests of a comparison; null where the sides do not hold all of theirs. */
export function sequenceView(diff: Diff): SequenceView | null {
  const words = sequenceWords(diff);
  if (words === null) return null;
  const { lines, more } = sequenceLines(diff, MOST_LINES);
  return {
    answer: `${sentence(words)}.`,
    lines: lines.map(({ sign, text }) => ({ sign, word: WORD_OF_SIGN[sign]!, text })),
    rest: more === 0 ? null : `${counted(more, "line")} more in diff.json.`,
  };
}
