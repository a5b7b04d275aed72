import { FLAG, OP_CODE } from "../model/ops.ts";
import { counted } from "../model/quantities.ts";
import { LeftOut } from "./leftOut.ts";
import type { Rows } from "./rows.ts";
import { deviceLabels, firstNs, type Source } from "./source.ts";
import type { Target, Writer } from "./target.ts";

const ACTIONS = new Map<number, string>([
  [OP_CODE.read, "read"],
  [OP_CODE.write, "write"],
  [OP_CODE.discard, "trim"],
  [OP_CODE.flush, "sync"],
]);

/** fio reads lengths into 32 bits. */
const MOST_BYTES = 2 ** 32 - 1;
/** fio takes a time of 0 for none: it would not wait between a request at 0 and the next one. */
const FIRST_US = 1;
const LONGEST_NAME = 200;

/** An iolog of version 3, for `fio --read_iolog`: times in microseconds from the first request. */
export const fioIolog = {
  id: "fio-iolog",
  title: "fio iolog v3",
  suffix: ".iolog",
  binary: false,
  oneDevice: false,
  completions: false,
  writer: iologWriter,
} as const satisfies Target;

function iologWriter(source: Source): Writer {
  const { clock } = source.recorded;
  const names = deviceLabels(source.devices, fileName);
  const used = [...source.extents.keys()].sort((a, b) => a - b).map((device) => names[device]!);
  const zeroNs = firstNs(source);
  const leftOut = new LeftOut(fioIolog.title);
  let begun = false;
  let latestUs = FIRST_US;
  let withoutFlags = 0;

  const head = (): string => {
    if (begun) return "";
    begun = true;
    return `fio version 3 iolog\n${used.map((name) => `0 ${name} add\n0 ${name} open\n`).join("")}`;
  };
  const add = ({ length, op, flags, device, offsetBytes, lengthBytes, issueNs }: Rows): string => {
    let text = head();
    for (let i = 0; i < length; i++) {
      const action = ACTIONS.get(op[i]!);
      const bytes = lengthBytes[i]!;
      if (action === undefined) leftOut.op(op[i]!);
      else if (action !== "sync" && bytes === 0) leftOut.because("requests without a length");
      else if (bytes > MOST_BYTES) leftOut.because("lengths of 4 GiB and more");
      else {
        if (clock) latestUs = FIRST_US + Math.floor((issueNs[i]! - zeroNs) / 1000);
        if ((flags[i]! & (FLAG.fua | FLAG.preflush)) !== 0) withoutFlags++;
        const range = action === "sync" ? "0 0" : `${offsetBytes[i]!} ${bytes}`;
        text += `${latestUs} ${names[device[i]!]!} ${action} ${range}\n`;
      }
    }
    return text;
  };
  const notes = (): string[] => [
    ...(clock ? [] : ["the trace has no clock: fio replays it without waiting"]),
    ...leftOut.notes(),
    ...(withoutFlags === 0
      ? []
      : [`${fioIolog.title} has no FUA and preflush: ${counted(withoutFlags, "request")} written without`]),
  ];
  return {
    add,
    finish: () => head() + used.map((name) => `${latestUs} ${name} close\n`).join(""),
    leftOut: () => leftOut.total,
    notes,
  };
}

/** fio opens the file of that name: one word, and never a path. */
function fileName(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/[^\p{L}\p{N}._-]/gu, "_")
    .replace(/^[.-]/, "_");
}
