import type { ParseArgsConfig } from "node:util";
import type { SummarizeJob } from "../work/summarizeJob.ts";
import { UsageError, type Values } from "./command.ts";
import { timeOption } from "./duration.ts";

/** Options that limit a command to a stretch of the trace's time. `--until` is what `convert`, whose --to is a format, calls it. */
export const WINDOW_OPTIONS = {
  from: { type: "string" },
  to: { type: "string" },
  until: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

export const WINDOW_HELP = `  --from T   only what was issued T or later after the first request: 1.5s, 200ms, 30us (without a unit: seconds)
  --to T     only what was issued before T (--until T is the same)
             without them, the side file's "window": { "fromNs": 0, "toNs": 1000000000 }
`;

/** A job with the window of the command line, where that has one, instead of the side file's. */
export function windowedJob(job: SummarizeJob, values: Values): SummarizeJob {
  const window = windowOption(values);
  if (window === null) return job;
  return { ...job, request: { ...job.request, side: { ...job.request.side, window } } };
}

type SideWindow = NonNullable<SummarizeJob["request"]["side"]["window"]>;

/** What --from and --to say; null: nothing. */
export function windowOption(values: Values): SideWindow | null {
  const end = values["until"] === undefined ? "to" : "until";
  if (values["from"] === undefined && values[end] === undefined) return null;
  if (values["to"] !== undefined && end === "until")
    throw new UsageError("--to and --until say the same; leave one out");
  const fromNs = timeOption(values, "from", Number.NEGATIVE_INFINITY);
  const toNs = timeOption(values, end, Number.POSITIVE_INFINITY);
  if (toNs <= fromNs) throw new UsageError(`invalid --${end}: it does not lie after --from`);
  return { fromNs, toNs };
}
