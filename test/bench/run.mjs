/**
 * Prints how fast the readers and the analysis are on this machine: medians of five runs over generated traces.
 * Run by `npm run bench`, on the compiled program. Figures of different machines or runs do not compare; ratios within one run do.
 */
import { analyse } from "../../dist/analysis/analyse.js";
import { formatById } from "../../dist/formats/index.js";
import { TraceBuilder } from "../../dist/model/builder.js";
import { blktraceBytes, nbdkitText, qtrText } from "./generate.mjs";

const RUNS = 5;
const CHUNK_BYTES = 1 << 20;

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

async function read(format, bytes, consume) {
  const builder = new TraceBuilder(consume);
  await formatById(format).read([input(`bench.${format}`, bytes)], builder);
  return builder.finish();
}

async function medianMs(job) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await job();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

const encoder = new TextEncoder();
const REQUESTS = 500_000;
const cases = [
  { format: "blktrace", bytes: blktraceBytes(REQUESTS), unit: "M events/s", amount: (REQUESTS * 4) / 1e6 },
  { format: "qtr", bytes: encoder.encode(qtrText(REQUESTS)), unit: "MB/s" },
  { format: "nbdkitLog", bytes: encoder.encode(nbdkitText(REQUESTS)), unit: "MB/s" },
];

const rows = [];
for (const { format, bytes, unit, amount = bytes.length / 1e6 } of cases) {
  const lineFeeds = await medianMs(() => bytes.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0));
  const reading = await medianMs(() => read(format, bytes, () => {}));
  const whole = await medianMs(() => analyse((consume) => read(format, bytes, consume)));
  rows.push({
    format,
    requests: REQUESTS,
    MB: Number((bytes.length / 1e6).toFixed(1)),
    read: `${((amount / reading) * 1000).toFixed(1)} ${unit}`,
    "read and analysed": `${((amount / whole) * 1000).toFixed(1)} ${unit}`,
    "reading / counting its line feeds": Number((reading / lineFeeds).toFixed(1)),
  });
}
console.table(rows);
