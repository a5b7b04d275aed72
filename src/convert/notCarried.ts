import { counted, listed } from "../model/quantities.ts";
import type { Recorded } from "../model/trace.ts";
import type { Source } from "./source.ts";
import type { Target } from "./target.ts";

const WORDS: Readonly<Record<keyof Recorded, string>> = {
  clock: "times",
  completion: "completions",
  queue: "queue times",
  merges: "merges",
  bios: "bios",
  process: "processes",
  cgroup: "cgroups",
  plug: "plugs",
  flags: "flags",
  error: "errors",
};

/** What the trace records and the target has no place for, whatever the requests are: a sentence for each kind. */
export function notCarried({ title, carries, marks }: Target, { recorded, spans, messages }: Source): string[] {
  const lost = (Object.keys(WORDS) as (keyof Recorded)[]).filter((key) => recorded[key] && !carries.includes(key));
  const notes = lost.length === 0 ? [] : [`${title} has no ${listed(lost.map((key) => WORDS[key]))}: left out`];
  return marks ? notes : [...notes, ...marksNotCarried(title, { spans, messages })];
}

/** The reads that mark a span of qtrace are requests, and stay. */
function marksNotCarried(title: string, { spans, messages }: Pick<Source, "spans" | "messages">): string[] {
  const marked = spans.filter(({ source }) => source !== "qtrace").length;
  const parts = [
    ...(marked === 0 ? [] : [counted(marked, "span")]),
    ...(messages.length === 0 ? [] : [counted(messages.length, "message")]),
  ];
  return parts.length === 0 ? [] : [`${title} has no spans and messages: ${listed(parts)} left out`];
}
