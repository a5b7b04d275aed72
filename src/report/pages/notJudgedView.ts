import type { Summary } from "../../analysis/summary.ts";
import type { Fact } from "../../findings/finding.ts";
import { type NotJudged, notJudged } from "../../findings/notJudged.ts";
import { counted, listed } from "../../model/quantities.ts";

/** The questions that stay open because nobody recorded a fact of the device, and how to have them answered. */
export interface NotJudgedView {
  readonly title: string;
  /** One a question: the question, and what it needs. */
  readonly lines: readonly { readonly question: string; readonly needs: string }[];
  /** What to add to the side file, with an ellipsis for each value. */
  readonly sideFile: string;
}

const WORDS: Readonly<Record<Fact, string>> = {
  physicalBlockBytes: "the disk's physical block",
  rotational: "whether the disk rotates",
  queueDepth: "the device's queue depth",
  discardGranularityBytes: "the discard granularity",
};

/** What is not judged in the default scope; null where every rule could be. */
export function notJudgedView(summary: Summary): NotJudgedView | null {
  const open = notJudged(summary);
  if (open.length === 0) return null;
  const missing = `${listed(open.map(({ fact }) => WORDS[fact]))} ${open.length === 1 ? "is" : "are"} not recorded`;
  return {
    title: `${counted(open.length, "question")} not judged: ${missing}`,
    lines: open.map(lineOf),
    sideFile: `"devices": { ${entries(open).join(", ")} }`,
  };
}

function lineOf({ question, fact, devices }: NotJudged): NotJudgedView["lines"][number] {
  return { question, needs: `Needs ${fact} of ${listed(devices.map(({ name }) => name))}.` };
}

function entries(open: readonly NotJudged[]): readonly string[] {
  const facts = new Map<string, Fact[]>();
  for (const { fact, devices } of open) for (const { id } of devices) facts.set(id, [...(facts.get(id) ?? []), fact]);
  return [...facts].map(
    ([id, ofDevice]) => `${JSON.stringify(id)}: { ${ofDevice.map((fact) => `"${fact}": …`).join(", ")} }`,
  );
}
