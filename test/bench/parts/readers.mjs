import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../../dist/analysis/analyse.js";
import { formatById } from "../../../dist/formats/index.js";
import { TraceBuilder } from "../../../dist/model/builder.js";
import { bpftraceText, ftraceText, perfText, qemuLogText } from "../eventText.mjs";
import { blkparseText, blkTracerText, blktraceBytes, nbdkitText, qtrText } from "../generate.mjs";
import { repeatedTraces } from "../repeated.mjs";
import { TABLES } from "../tables.mjs";

const CHUNK_BYTES = 1 << 20;
const REQUESTS = { quick: 2_000, usual: 500_000 };
const REPEATED_BYTES = { quick: 2e5, usual: 8e6 };

/** How fast readers and the analysis are in one process that has run for a while, beside what `wc -l` takes for the same bytes. */
export const readers = {
  id: "readers",
  title: "Readers",
  async run({ quick, folder, formats, runs }) {
    const size = quick ? "quick" : "usual";
    const all = [...generated(REQUESTS[size]), ...repeated(REPEATED_BYTES[size])];
    const wanted = all.filter(({ format }) => formats.length === 0 || formats.includes(format));
    const unknown = formats.filter((one) => !all.some(({ format }) => format === one));
    if (unknown.length > 0) throw new Error(`unknown part or format ${unknown.join(", ")}`);
    const rows = [];
    for (const trace of wanted) rows.push(await measured({ ...trace, bytes: trace.bytes() }, folder, runs));
    return [{ text: "CPU time in one process, warm: generated traces, and real ones that are repeated." }, { rows }];
  },
};

const encoder = new TextEncoder();

function generated(requests) {
  const text = (of) => () => encoder.encode(of(requests));
  const made = {
    blktrace: { name: "sda.blktrace.0", bytes: () => blktraceBytes(requests), events: requests * 4 },
    blkparse: { name: "bench.txt", bytes: text(blkparseText), events: requests * 4 },
    blkTracer: { name: "trace", bytes: text(blkTracerText), events: requests * 4 },
    ftrace: { name: "trace", bytes: text(ftraceText), events: requests * 4 },
    perfScript: { name: "bench.perf.txt", bytes: text(perfText), events: requests * 4 },
    bpftrace: { name: "bench.bpftrace", bytes: text(bpftraceText), events: requests * 2 },
    qemuTrace: { name: "qemu.log", bytes: text(qemuLogText), events: requests },
    qtr: { name: "bench.qtr", bytes: text(qtrText) },
    nbdkitLog: { name: "bench.log", bytes: text(nbdkitText) },
  };
  const tables = Object.entries(TABLES).map(([format, { text: of, ...trace }]) => [
    format,
    { ...trace, bytes: text(of) },
  ]);
  return [...Object.entries(made), ...tables].map(([format, trace]) => ({ ...trace, format }));
}

/** Of a repeated table the times go back again and again, which none should, and some do. */
function repeated(bytes) {
  const known = generated(1).map(({ format }) => format);
  const made = known.filter((format) => !(format in TABLES));
  return repeatedTraces(bytes, made).map((trace) => ({
    ...trace,
    ...(trace.format in TABLES && { title: `${trace.format}, times go back` }),
    bytes: () => trace.bytes,
  }));
}

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

async function medianSeconds(job, runs) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    await job();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
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

async function measured(trace, folder, runs) {
  const { format, title = format, bytes, events } = trace;
  const file = join(folder, format);
  writeFileSync(file, bytes);
  const megabytes = bytes.length / 1e6;
  try {
    const end = await read(trace, () => {});
    const reading = await medianSeconds(() => read(trace, () => {}), runs);
    const whole = await medianSeconds(() => analyse((consume) => read(trace, consume)), runs);
    return {
      format: title,
      MB: Number(megabytes.toFixed(1)),
      records: end.quality.records,
      "MB/s": Math.round(megabytes / reading),
      "M events/s": events && Number((events / reading / 1e6).toFixed(1)),
      "MB/s with analysis": Math.round(megabytes / whole),
      "times wc -l": Number((reading / wcSeconds(file)).toFixed(1)),
    };
  } catch (error) {
    return { format: title, MB: Number(megabytes.toFixed(1)), records: error.message };
  }
}
