import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ftrace } from "../../../src/formats/ftrace/index.ts";
import { perfScript } from "../../../src/formats/perfScript/index.ts";
import { PRIORITY } from "../../../src/model/ops.ts";
import { inputFromText, readAll } from "../../support/inputs.ts";

const CLASSES = Object.values(PRIORITY).reduce((sum, bit) => sum | bit, 0);

it.each([
  { file: "ftrace-priority-and-tgid/files.ftrace.txt", format: ftrace, issue: /block_rq_issue: .* be,\d,\d \[/g },
  { file: "ftrace-fields/fields.ftrace.txt", format: ftrace, issue: /block_rq_issue: .* ioprio=0x400\d /g },
  { file: "perf-script-ns/files.perf.txt", format: perfScript, issue: /block_rq_issue: .* 0x2,\d,\d \[/g },
])("$file gives best effort to as many requests as its text does", async ({ file, format, issue }) => {
  const text = readFileSync(`test/golden/formats/${file}`, "latin1");
  const { requests } = await readAll(format, [inputFromText("trace", text)]);
  const classes = requests.map(({ flags }) => flags & CLASSES).filter((bits) => bits !== 0);
  expect(new Set(classes)).toEqual(new Set([PRIORITY.bestEffort]));
  expect(classes).toHaveLength([...text.matchAll(issue)].length);
});

it.each([
  ["rt,0,0", PRIORITY.realtime],
  ["be,0,4", PRIORITY.bestEffort],
  ["idle,0,7", PRIORITY.idle],
  ["none,0,0", 0],
  ["invalid,0,0", 0],
  ["0x1,0,0", PRIORITY.realtime],
  ["0x2,0,4", PRIORITY.bestEffort],
  ["0x3,0,7", PRIORITY.idle],
  ["0x0,0,0", 0],
])("%s is a class of its own, or none", async (printed, bit) => {
  const line = `fio-1 [000] ..... 1.000001: block_rq_issue: 8,0 WS 4096 () 8 + 8 ${printed} [fio]\n`;
  const { requests } = await readAll(ftrace, [inputFromText("trace", line.repeat(2))]);
  expect(requests.map(({ flags }) => flags & CLASSES)).toEqual([bit, bit]);
});
