import { formatById } from "../../formats/index.ts";
import { TraceBuilder } from "../../model/builder.ts";
import { LISTING_HEAD, requestLines } from "../../report/listing.ts";
import { type SummarizeJob, withInputs } from "../../work/summarizeJob.ts";
import { type Command, UsageError } from "../command.ts";
import { plain } from "../terminal.ts";
import { withTrace } from "../traceArgument.ts";

export const show: Command = {
  help: `
Each line has the request's row, its time (seconds from the first request; #n where the trace has no clock),
operation, first sector and sectors (512 bytes), whether offset and length are multiples of 4 KiB,
its device, and the marked spans that it belongs to. - is standard input.
`,
  options: {},
  async run(_values, [word, ...more]) {
    if (word === undefined) throw new UsageError("missing TRACE; see blkreport show --help");
    if (more.length > 0) throw new UsageError("show takes one TRACE");
    await withTrace(word, list);
    return 0;
  },
};

async function list(job: SummarizeJob): Promise<void> {
  const { request } = job;
  const format = formatById(request.format);
  const { spans = [], devices = {}, read = {} } = request.side;
  const builder = new TraceBuilder(
    (chunk) => {
      for (const line of requestLines(chunk, builder.recorded.clock)) process.stdout.write(`${plain(line)}\n`);
    },
    { spans, devices },
  );
  process.stdout.write(`${LISTING_HEAD}\n`);
  await withInputs(job, (inputs) => format.read(inputs(), builder, read));
  builder.finish();
}
