import { OPS } from "../model/ops.ts";
import { FLAG_WORDS } from "./flagWords.ts";
import { Lines, word } from "./lines.ts";
import type { Rows } from "./rows.ts";
import { deviceLabels, type Source } from "./source.ts";
import type { Target, Writer } from "./target.ts";

const HEADER = "op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error\n";
const COMMA = word(",");
const OP_WORDS = OPS.map((op) => word(`${op},`));
const FLAGS = FLAG_WORDS.map((words) => word(`${words},`));
const LINE_END = word("\n");

/** One line a request; an empty cell is "not recorded". */
export const csv = {
  id: "csv",
  title: "csv",
  suffix: ".csv",
  binary: false,
  oneDevice: false,
  carries: ["clock", "completion", "queue", "process", "flags", "error"],
  marks: false,
  completions: true,
  writer: csvWriter,
} as const satisfies Target;

function csvWriter(source: Source): Writer {
  const { clock, process: hasProcess, error: hasError } = source.recorded;
  const devices = deviceLabels(source.devices).map((label) => word(`${nameText(label)},`));
  const processes = source.processes.map(({ name }, index) =>
    index === 0 || !hasProcess ? COMMA : word(`${nameText(name)},`),
  );
  const lines = new Lines();
  lines.word(word(HEADER));

  const cell = (value: number): void => {
    if (!Number.isNaN(value)) lines.number(Math.round(value));
    lines.word(COMMA);
  };
  const add = (rows: Rows): Uint8Array => {
    const { op, flags, device, process, cpu, completed, error } = rows;
    const { issueNs, queueNs, lastIssueNs, completeNs } = rows;
    for (let i = 0; i < rows.length; i++) {
      lines.word(OP_WORDS[op[i]!]!);
      cell(rows.offsetBytes[i]!);
      cell(rows.lengthBytes[i]!);
      cell(clock ? (Number.isNaN(completeNs[i]) ? issueNs[i]! : lastIssueNs[i]!) : Number.NaN);
      cell(clock ? completeNs[i]! : Number.NaN);
      cell(clock ? queueNs[i]! : Number.NaN);
      lines.word(devices[device[i]!]!);
      lines.word(processes[process[i]!]!);
      cell(cpu[i]! < 0 ? Number.NaN : cpu[i]!);
      lines.word(FLAGS[flags[i]!]!);
      if (hasError && completed[i] === 1) lines.number(error[i]!);
      lines.word(LINE_END);
    }
    return lines.take();
  };
  return {
    add,
    finish: () => lines.take(),
    leftOut: () => 0,
    notes: () => (clock ? [] : ["the trace has no clock: the columns of times are empty"]),
  };
}

/**
 * A name as a field. One that a spreadsheet would take for a formula stands behind an apostrophe, and so does one that
 * begins with an apostrophe: whoever takes one away has the name. Line breaks become blanks, so that a line is a request.
 */
function nameText(name: string): string {
  const safe = name.replace(/[\r\n]/g, " ").replace(/^(?=[=+\-@\t'])/, "'");
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
