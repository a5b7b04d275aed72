/**
 * Prints how fast the readers and the analysis are on this machine, in CPU time: medians over generated traces, and
 * over real ones that are repeated; beside them what `wc -l` takes for the same bytes in the same run.
 * Run by `npm run bench`, on the compiled program; `npm run bench qtr msr` reads those formats alone.
 * Figures of different machines or runs do not compare; ratios within one run do.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyse } from "../../dist/analysis/analyse.js";
import { formatById } from "../../dist/formats/index.js";
import { TraceBuilder } from "../../dist/model/builder.js";
import { bpftraceText, ftraceText, perfText, qemuLogText } from "./eventText.mjs";
import { blkparseText, blkTracerText, blktraceBytes, nbdkitText, qtrText } from "./generate.mjs";
import { repeatedTraces } from "./repeated.mjs";
import { TABLES } from "./tables.mjs";

const RUNS = 5;
const CHUNK_BYTES = 1 << 20;
const REQUESTS = 500_000;
const REPEATED_BYTES = 8e6;

const encoder = new TextEncoder();
const GENERATED = {
  blktrace: { name: "sda.blktrace.0", bytes: () => blktraceBytes(REQUESTS), events: REQUESTS * 4 },
  blkparse: { name: "bench.txt", bytes: () => encoder.encode(blkparseText(REQUESTS)), events: REQUESTS * 4 },
  blkTracer: { name: "trace", bytes: () => encoder.encode(blkTracerText(REQUESTS)), events: REQUESTS * 4 },
  ftrace: { name: "trace", bytes: () => encoder.encode(ftraceText(REQUESTS)), events: REQUESTS * 4 },
  perfScript: { name: "bench.perf.txt", bytes: () => encoder.encode(perfText(REQUESTS)), events: REQUESTS * 4 },
  bpftrace: { name: "bench.bpftrace", bytes: () => encoder.encode(bpftraceText(REQUESTS)), events: REQUESTS * 2 },
  qemuTrace: { name: "qemu.log", bytes: () => encoder.encode(qemuLogText(REQUESTS)), events: REQUESTS },
  qtr: { name: "bench.qtr", bytes: () => encoder.encode(qtrText(REQUESTS)) },
  nbdkitLog: { name: "bench.log", bytes: () => encoder.encode(nbdkitText(REQUESTS)) },
};
const MADE_TABLES = Object.entries(TABLES).map(([format, { text, ...trace }]) => ({
  ...trace,
  format,
  bytes: () => encoder.encode(text(REQUESTS)),
}));

/** The bytes as a file would give them. */
function input(name, bytes) {
  let at = 0;
  const next = async () => {
    if (at >= bytes.length) return null;
    at += CHUNK_BYTES;
    return bytes.subarray(at - CHUNK_BYTES, at);
  };
  return { name, next };
}

async function read({ format, name, bytes, hints = {} }, consume) {
  const builder = new TraceBuilder(consume);
  await formatById(format).read([input(name, bytes)], builder, hints);
  return builder.finish();
}

async function medianSeconds(job) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    await job();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** CPU seconds of one `wc -l` over the bytes, the mean of as many runs: the shell's `times` ends with those of its children. */
function wcSeconds(file) {
  const script = `for run in 1 2 3 4 5 6 7 8 9 10; do wc -l < "$1" > /dev/null; done; times`;
  const last = execFileSync("sh", ["-c", script, "sh", file], { encoding: "utf8" }).trim().split("\n").at(-1);
  const seconds = [...last.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return seconds.reduce((sum, one) => sum + one, 0) / 10;
}

async function measured(trace, folder) {
  const { format, title = format, bytes, events } = trace;
  const file = join(folder, format);
  writeFileSync(file, bytes);
  const megabytes = bytes.length / 1e6;
  try {
    const end = await read(trace, () => {});
    const reading = await medianSeconds(() => read(trace, () => {}));
    const whole = await medianSeconds(() => analyse((consume) => read(trace, consume)));
    return {
      format: title,
      MB: Number(megabytes.toFixed(1)),
      records: end.quality.records,
      "MB/s": Math.round(megabytes / reading),
      "M events/s": events === undefined ? "" : Number((events / reading / 1e6).toFixed(1)),
      "MB/s with analysis": Math.round(megabytes / whole),
      "times wc -l": Number((reading / wcSeconds(file)).toFixed(1)),
    };
  } catch (error) {
    return { format: title, MB: Number(megabytes.toFixed(1)), records: error.message };
  }
}

const wanted = process.argv.slice(2);
const generated = Object.entries(GENERATED).map(([format, trace]) => ({ ...trace, format }));
/** Of a repeated table the times go back again and again, which none should, and some do. */
const repeated = repeatedTraces(REPEATED_BYTES, Object.keys(GENERATED)).map((trace) =>
  trace.format in TABLES ? { ...trace, title: `${trace.format}, times go back` } : trace,
);
const traces = [...generated, ...MADE_TABLES, ...repeated].filter(
  ({ format }) => wanted.length === 0 || wanted.includes(format),
);
const folder = mkdtempSync(join(tmpdir(), "blkreport-bench-"));
try {
  const rows = [];
  for (const trace of traces)
    rows.push(
      await measured({ ...trace, bytes: typeof trace.bytes === "function" ? trace.bytes() : trace.bytes }, folder),
    );
  console.table(rows);
} finally {
  rmSync(folder, { recursive: true });
}
