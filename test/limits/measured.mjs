/*
 * Reads one endless trace in a process of its own, and prints what came of it, its peak of memory and its CPU time:
 *
 *     node test/limits/measured.mjs dist longLine '{ "file": "…", "bytes": 1e9 }'
 */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , dist, scenario, options = "{}"] = process.argv;
const load = (name) => import(pathToFileURL(resolve(dist, name)).href);

const PIECE_BYTES = 1 << 20;

/** Lines in pieces. */
function* pieced(lines) {
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length < PIECE_BYTES) continue;
    yield Buffer.from(text, "latin1");
    text = "";
  }
  yield Buffer.from(text, "latin1");
}

function* counted(count, line) {
  for (let i = 0; i < count; i++) yield line(i);
}

const seconds = (i) => `${Math.floor(i / 1e6)}.${String(i % 1e6).padStart(6, "0")}`;
const exact = (i) => `${seconds(i)}000`;

const SCENARIOS = {
  /** A trace, a line that goes on for so many bytes, and the trace again and again. */
  *longLine({ file, bytes }) {
    const trace = readFileSync(file);
    yield trace;
    if (trace.at(-1) !== 10) yield Buffer.from("\n");
    const piece = Buffer.alloc(PIECE_BYTES, "x");
    for (let given = 0; given < bytes; given += piece.length) yield piece;
    yield Buffer.from("\n");
    for (let i = 0; i < 200; i++) yield trace;
  },

  /** So many of a kind, each named once: more of them than a trace is told of. */
  blkparseDevices: ({ count }) =>
    pieced(
      counted(count, (i) => {
        const at = `${(i >> 8) % 4000},${i & 255} ${i % 60000} ${i + 1} ${exact(i)} ${i}`;
        return `${at} Q W ${i * 8} + 8 [p${i}]\n${at} D W ${i * 8} + 8 [p${i}]\n${at} C W ${i * 8} + 8 [0]\n`;
      }),
    ),
  blkparseProcesses: ({ count }) =>
    pieced(counted(count, (i) => `8,0 0 ${i + 1} ${exact(i)} ${i} D W ${i * 8} + 8 [p${i}]\n`)),
  blkparsePartitions: ({ count }) =>
    pieced(
      counted(
        count,
        (i) =>
          `8,0 0 ${2 * i + 1} ${exact(i)} 7 A W ${i * 8} + 8 <- (${(i >> 12) % 4000},${i & 4095}) 8\n8,0 0 ${2 * i + 2} ${exact(i)} 7 D W ${i * 8} + 8 [a]\n`,
      ),
    ),
  blkparseCpus: ({ count }) =>
    pieced(
      counted(
        count,
        (i) => `${i & 255},${(i >> 8) & 15} ${65535 - (i & 7)} ${i + 1} ${exact(i)} 7 D W ${i * 8} + 8 [a]\n`,
      ),
    ),
  blkparseMessages: ({ count }) =>
    pieced(
      counted(
        count,
        (i) =>
          `8,0 0 ${2 * i + 1} ${exact(i)} 7 m N begin span ${i}\n8,0 0 ${2 * i + 2} ${exact(i)} 7 D W ${i * 8} + 8 [a]\n`,
      ),
    ),
  ftraceProcesses: ({ count }) =>
    pieced(
      counted(
        count,
        (i) => `  p${i}-${i}  [000] d..1. ${exact(i)}: block_rq_issue: 8,0 W 4096 () ${i * 8} + 8 none,0,0 [p${i}]\n`,
      ),
    ),
  csvWords: ({ count }) =>
    pieced(
      (function* () {
        yield "time_ns,op,offset_bytes,length_bytes,device,process,cpu,error,flags\n";
        yield* counted(count, (i) => `${i * 1000},write,${i * 4096},4096,disk${i},process ${i},${i},${i},\n`);
      })(),
    ),
};

/** Reads a file to its end, and forgets it. */
async function bytesOf({ path }) {
  const { fileInput } = await load("io/fileInput.js");
  const input = fileInput(path, basename(path));
  let bytes = 0;
  for (let piece = await input.next(); piece !== null; piece = await input.next()) bytes += piece.length;
  return bytes;
}

async function summaryOf({ file = "trace" }) {
  const { detect } = await load("formats/detect.js");
  const { summarizeTrace } = await load("report/summarizeTrace.js");
  const name = basename(file);
  const pieces = () => SCENARIOS[scenario](given)[Symbol.iterator]();
  const head = [];
  for (const piece of pieces()) if (head.push(piece) > 64) break;
  const { format, reason } = detect({ name, bytes: Buffer.concat(head).subarray(0, 65536), complete: false }, {});
  if (format === null) return reason;
  const input = () => {
    const all = pieces();
    return { name, next: async () => all.next().value ?? null };
  };
  const files = [{ name, bytes: 0, sha256: "" }];
  const request = { slug: "a", title: "a", format: format.id, files, side: {}, sideFileName: "" };
  const { quality, trace, scopeList, defaultScope } = await summarizeTrace(request, () => [input()]);
  return {
    notUnderstood: quality.notUnderstood,
    first: quality.firstNotUnderstood,
    notes: quality.notes.map(({ code }) => code),
    requests: scopeList.find(({ id }) => id === defaultScope).requests,
    devices: trace.devices.length,
  };
}

const given = JSON.parse(options);
const outcome = await (scenario === "bytesOf" ? bytesOf(given) : summaryOf(given)).catch(({ message }) => message);
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
console.log(JSON.stringify({ outcome, peakMiB: peakMiB(), cpuSeconds }));

/** Of this program alone: what getrusage calls maxrss counts the process that started it, until it did. */
function peakMiB() {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return Math.round(Number(kib) / 1024);
}
