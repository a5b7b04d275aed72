import { WindowFilter } from "../../analysis/window.ts";
import { formatById } from "../../formats/index.ts";
import { eachOnce } from "../../io/named.ts";
import { TraceBuilder } from "../../model/builder.ts";
import { builderOptions } from "../../report/known.ts";
import { LISTING_HEAD, requestLines } from "../../report/listing.ts";
import { assertClock, windowOf } from "../../report/window.ts";
import { type SummarizeJob, withInputs } from "../../work/summarizeJob.ts";
import { type Command, UsageError } from "../command.ts";
import { plain } from "../terminal.ts";
import { withTrace } from "../traceArgument.ts";
import { WINDOW_HELP, WINDOW_OPTIONS, windowedJob } from "../window.ts";

export const show: Command = {
  help: `
Each line has the request's row, its time (seconds from the first request; #n where the trace has no clock),
operation, first sector and sectors (512 bytes), whether offset and length are multiples of 4 KiB,
its device, and the marked spans that it belongs to. - is standard input.

${WINDOW_HELP}`,
  options: WINDOW_OPTIONS,
  async run(values, words) {
    const [word, ...more] = eachOnce(words);
    if (word === undefined) throw new UsageError("missing TRACE; see blkreport show --help");
    if (more.length > 0) throw new UsageError("show takes one TRACE");
    await withTrace(word, (job) => list(windowedJob(job, values)));
    return 0;
  },
};

async function list(job: SummarizeJob): Promise<void> {
  const { request } = job;
  const format = formatById(request.format);
  const { side, sideFileName } = request;
  const window = windowOf(side, sideFileName);
  const filter = window === null ? null : new WindowFilter(window);
  const builder = new TraceBuilder(
    (chunk) => {
      if (filter !== null) assertClock(builder.recorded, request.title);
      const shown = filter === null ? chunk : filter.chunk(chunk);
      const lines = requestLines(shown, builder.recorded.clock, filter?.firstRow ?? 0);
      for (const line of lines) process.stdout.write(`${plain(line)}\n`);
    },
    builderOptions(side, sideFileName),
  );
  process.stdout.write(`${LISTING_HEAD}\n`);
  await withInputs(job, (inputs) => format.read(inputs(), builder, side.read ?? {}));
  builder.finish();
}
