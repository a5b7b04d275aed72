import { realpathSync } from "node:fs";
import { type ScopeMembers, scopeMembers } from "../../analysis/scopes/scopeMembers.ts";
import type { TimeWindow } from "../../analysis/window.ts";
import { type Converted, convertTrace } from "../../convert/convertTrace.ts";
import { type Extents, type ReadTrace, type Survey, selectedExtents, surveyTrace } from "../../convert/extents.ts";
import { TARGETS } from "../../convert/index.ts";
import type { Selection } from "../../convert/selection.ts";
import type { Target } from "../../convert/target.ts";
import { formatById } from "../../formats/index.ts";
import { openAtomic } from "../../io/atomic.ts";
import { eachOnce } from "../../io/named.ts";
import { TraceBuilder } from "../../model/builder.ts";
import { counted } from "../../model/quantities.ts";
import { builderOptions } from "../../report/known.ts";
import type { SideFile } from "../../report/sideFile.ts";
import { windowOf } from "../../report/window.ts";
import { type SummarizeJob, withInputs } from "../../work/summarizeJob.ts";
import { type Command, textOption, UsageError, type Values } from "../command.ts";
import { writeLine } from "../terminal.ts";
import { withTrace } from "../traceArgument.ts";
import { windowOption } from "../window.ts";

const MOST_SCOPES_NAMED = 24;

export const convert: Command = {
  help: `
What FORMAT cannot hold is left out, counted, and said on standard error. - as TRACE is standard input.

  --to FORMAT      qtr         size of the disk, reads and writes in sectors: for visualize-alignment
                   fio-iolog   version 3, for fio --read_iolog
                   csv         one line a request; blkreport reads it again
                   parquet     the same and more, for pandas, DuckDB, Arrow; blkreport reads it again
  -o FILE          where it goes (default: standard output)
  --scope S        only the requests of this scope, by the name that it has in the address of its page:
                   whole (default), marked, device-vda, span-1-mkfs …
  --from T         only requests issued T or later after the first one: 1.5s, 200ms, 30us (without a unit: seconds)
  --until T        only requests issued before T
                   without these two, the side file's "window"
  --anonymize      count addresses and times from new zeros, and drop names, texts and the time of day:
                   for a trace that goes into a public bug report
`,
  options: {
    to: { type: "string" },
    output: { type: "string", short: "o" },
    scope: { type: "string" },
    from: { type: "string" },
    until: { type: "string" },
    anonymize: { type: "boolean" },
  },
  async run(values, words) {
    const [word, ...more] = eachOnce(words);
    if (word === undefined) throw new UsageError("missing TRACE; see blkreport convert --help");
    if (more.length > 0) throw new UsageError("convert takes one TRACE");
    const question = questionOf(values);
    await withTrace(word, (job) => convertJob(job, question));
    return 0;
  },
};

interface Question {
  readonly target: Target;
  readonly output: string | null;
  readonly scope: string;
  /** null: as the side file says. */
  readonly window: NonNullable<SideFile["window"]> | null;
  readonly anonymize: boolean;
}

function questionOf(values: Values): Question {
  const target = targetOf(textOption(values, "to", ""));
  const output = textOption(values, "output", "") || null;
  if (target.binary && output === null && process.stdout.isTTY)
    throw new UsageError(`${target.id} is bytes and no text for a terminal; say -o FILE${target.suffix}`);
  const window = windowOption({ from: values["from"], until: values["until"] });
  const anonymize = values["anonymize"] === true;
  return { target, output, scope: textOption(values, "scope", "whole"), window, anonymize };
}

function targetOf(id: string): Target {
  const target = TARGETS.find((candidate) => candidate.id === id);
  if (target !== undefined) return target;
  const known = TARGETS.map((candidate) => candidate.id).join(", ");
  throw new UsageError(id === "" ? `missing --to FORMAT: ${known}` : `unknown format "${id}"; convert knows ${known}`);
}

async function convertJob(job: SummarizeJob, question: Question): Promise<void> {
  const { target, output, anonymize } = question;
  const { side, sideFileName } = job.request;
  const window = windowOf(question.window === null ? side : { window: question.window }, sideFileName);
  if (output !== null) assertNoInput(output, job.paths);
  await withInputs(job, async (inputs) => {
    const read = reader(job, inputs);
    const survey = await surveyTrace(read);
    const selection = selectionOf(survey, question.scope, window);
    const extents = await selectedExtents(read, survey, selection);
    assertDevices(target, survey, extents, job);
    const conversion = { target, survey, selection, extents, anonymize };
    const converted = await written(output, (write) => convertTrace(read, conversion, write));
    say(converted, output);
  });
}

/** Reads the trace as its side file says, as often as it is called. */
function reader({ request }: SummarizeJob, inputs: Parameters<Parameters<typeof withInputs>[1]>[0]): ReadTrace {
  const { side, sideFileName } = request;
  const format = formatById(request.format);
  return async (consume) => {
    const builder = new TraceBuilder(consume, builderOptions(side, sideFileName));
    await format.read(inputs(), builder, side.read ?? {});
    return builder.finish();
  };
}

function selectionOf({ end, extents }: Survey, scope: string, window: TimeWindow | null): Selection {
  if (window !== null && !end.recorded.clock)
    throw new UsageError("this trace has no clock: --from and --until mean nothing; choose a --scope");
  const { fromNs, toNs: untilNs } = window ?? { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY };
  const scopes = scopeMembers(end, extents);
  const members = scopes.find(({ id }) => id === scope);
  if (members === undefined) throw new UsageError(`unknown scope "${scope}"; this trace has ${namesOf(scopes)}`);
  return { devices: members.devices, rows: members.rows, fromNs, untilNs };
}

function namesOf(scopes: readonly ScopeMembers[]): string {
  const names = scopes.slice(0, MOST_SCOPES_NAMED).map(({ id }) => id);
  const more = scopes.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function assertDevices(target: Target, { end, extents: all }: Survey, extents: Extents, job: SummarizeJob): void {
  if (!target.oneDevice || extents.size < 2) return;
  const scopes = scopeMembers(end, all).filter(({ id, devices }) => devices.size === 1 && id.startsWith("device-"));
  const cure = `choose one with --scope: ${namesOf(scopes)}`;
  throw new UsageError(`${target.id} holds one device, and ${job.request.title} has ${extents.size}; ${cure}`);
}

function assertNoInput(output: string, inputs: readonly string[]): void {
  const place = realpath(output);
  if (place !== null && inputs.some((input) => realpath(input) === place))
    throw new UsageError(`invalid -o "${output}": it is the trace itself`);
}

function realpath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

async function written(
  output: string | null,
  convertTo: (write: (piece: Uint8Array) => void) => Promise<Converted>,
): Promise<Converted> {
  if (output === null) return convertTo((piece) => process.stdout.write(piece));
  const file = openAtomic(output);
  try {
    const converted = await convertTo(file.write);
    file.commit();
    return converted;
  } finally {
    file.abandon();
  }
}

function say({ requests, notes }: Converted, output: string | null): void {
  for (const note of notes) writeLine(process.stderr, `blkreport: ${note}`);
  if (output !== null) writeLine(process.stderr, `${counted(requests, "request")} in ${output}`);
}
