/** Long traces out of short ones: the lines of a real file of `test/golden/formats` over and over, for formats that have no generator. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { detect } from "../../dist/formats/detect.js";

const GOLDEN = new URL("../golden/formats/", import.meta.url).pathname;
const OURS = ["expected.json", "read.json"];
const HEAD_BYTES = 65536;
/** How many first lines are said once; beside those that begin with "#". */
const HEADER_LINES = { biosnoop: 1, bpftrace: 1, fioIolog: 1, ftrace: 1, traceEvents: 1, csv: 1 };

/** One text trace for each format that `test/golden/formats` has one of, about so many bytes long. */
export function repeatedTraces(totalBytes, except) {
  const longest = new Map();
  for (const trace of readdirSync(GOLDEN).flatMap(textTraces)) {
    const known = longest.get(trace.format);
    if (except.includes(trace.format) || known?.bytes.length >= trace.bytes.length) continue;
    longest.set(trace.format, trace);
  }
  return [...longest.values()].map((trace) => ({ ...trace, bytes: repeated(trace, totalBytes) }));
}

function textTraces(folder) {
  const files = readdirSync(join(GOLDEN, folder)).filter((name) => !OURS.includes(name));
  if (files.length !== 1 || !statSync(join(GOLDEN, folder, files[0])).isFile()) return [];
  const bytes = readFileSync(join(GOLDEN, folder, files[0]));
  const hintsFile = join(GOLDEN, folder, "read.json");
  const hints = existsSync(hintsFile) ? JSON.parse(readFileSync(hintsFile, "utf8")) : {};
  const head = { name: files[0], bytes: bytes.subarray(0, HEAD_BYTES), complete: bytes.length <= HEAD_BYTES };
  const { format } = detect(head, hints);
  return format === null || bytes.includes(0) ? [] : [{ format: format.id, name: files[0], bytes, hints }];
}

function repeated({ format, bytes }, totalBytes) {
  const lines = bytes.toString("latin1").trimEnd().split("\n");
  const comments = lines.findIndex((line) => !line.startsWith("#"));
  const header = lines.slice(0, Math.max(comments, HEADER_LINES[format] ?? 0));
  const body = Buffer.from(`${lines.slice(header.length).join("\n")}\n`, "latin1");
  const start = Buffer.from(header.map((line) => `${line}\n`).join(""), "latin1");
  return Buffer.concat([start, ...Array(Math.ceil(totalBytes / body.length)).fill(body)]);
}
