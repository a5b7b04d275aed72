import { OPS } from "../model/ops.ts";
import { FLAG_WORDS } from "./flagWords.ts";
import type { Rows } from "./rows.ts";
import { deviceLabels, type Source } from "./source.ts";
import type { Target, Writer } from "./target.ts";

const HEADER = "op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error\n";

/** One line a request; an empty cell is "not recorded". */
export const csv = {
  id: "csv",
  title: "csv",
  suffix: ".csv",
  binary: false,
  oneDevice: false,
  completions: true,
  writer: csvWriter,
} as const satisfies Target;

function csvWriter(source: Source): Writer {
  const { clock, process: hasProcess, error: hasError } = source.recorded;
  const devices = deviceLabels(source.devices).map(nameText);
  const processes = source.processes.map(({ name }, index) => (index === 0 || !hasProcess ? "" : nameText(name)));
  let head = HEADER;
  const takeHead = () => {
    const text = head;
    head = "";
    return text;
  };
  const add = (rows: Rows): string => {
    const {
      op,
      flags,
      offsetBytes,
      lengthBytes,
      issueNs,
      queueNs,
      process,
      cpu,
      completed,
      lastIssueNs,
      completeNs,
      error,
    } = rows;
    let text = takeHead();
    for (let i = 0; i < rows.length; i++) {
      const issuedNs = Number.isNaN(completeNs[i]) ? issueNs[i]! : lastIssueNs[i]!;
      const times = clock ? `${ns(issuedNs)},${ns(completeNs[i]!)},${ns(queueNs[i]!)}` : ",,";
      const names = `${devices[rows.device[i]!]!},${processes[process[i]!]!},${cpu[i]! < 0 ? "" : cpu[i]!}`;
      const outcome = hasError && completed[i] === 1 ? error[i]! : "";
      text += `${OPS[op[i]!]!},${offsetBytes[i]!},${lengthBytes[i]!},${times},${names},${FLAG_WORDS[flags[i]!]!},${outcome}\n`;
    }
    return text;
  };
  return {
    add,
    finish: takeHead,
    leftOut: () => 0,
    notes: () => (clock ? [] : ["the trace has no clock: the columns of times are empty"]),
  };
}

function ns(time: number): string {
  return Number.isNaN(time) ? "" : String(Math.round(time));
}

/**
 * A name as a field. One that a spreadsheet would take for a formula stands behind an apostrophe, and so does one that
 * begins with an apostrophe: whoever takes one away has the name. Line breaks become blanks, so that a line is a request.
 */
function nameText(name: string): string {
  const safe = name.replace(/[\r\n]/g, " ").replace(/^(?=[=+\-@\t'])/, "'");
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
