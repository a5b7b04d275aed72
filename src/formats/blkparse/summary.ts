/** What blkparse writes to its standard error, where both outputs go to one file. */
const BESIDE = new RegExp(
  [
    "Input file .* added$",
    "sector alias \\(",
    "(?:issue|complete|merge) not found for \\(",
    "\\(\\d+,\\d+\\): skipping \\d+ -> \\d+$",
    "cpu \\d+ trace info has error cpu ",
    "discarded traces containing low-level device driver specific data",
  ]
    .map((line) => `^${line}`)
    .join("|"),
);
const SKIPPED = /^Bad (?:fs|pc) action /;
/** The line that begins the figures of a CPU, or with -s of a program. */
const SUMMARY = /^(?:CPU\d+ \(.*\):$|.{1,16} \(\d+(?:, \.\.\.)?\)$)/;
const SKIPS = /^Skips: \S+ forward \((.+?) - /;

/** What a line that is no event is: `skipped` stands for an event that blkparse did not print. */
type NoEvent = "beside" | "skipped" | "summary" | null;

/** What a line of blkparse's output is that is no event; null for one that blkparse did not write. */
export function noEvent(text: string): NoEvent {
  if (BESIDE.test(text)) return "beside";
  if (SKIPPED.test(text)) return "skipped";
  return SUMMARY.test(text) ? "summary" : null;
}

/** How many events the summary's last line says are lost; null for another line. */
export function lostEvents(text: string): number | null {
  const count = SKIPS.exec(text)?.[1];
  return count === undefined ? null : Number(count.replace(/\D/g, ""));
}
