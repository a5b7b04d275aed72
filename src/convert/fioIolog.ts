import { FLAG, OP_CODE } from "../model/ops.ts";
import { counted } from "../model/quantities.ts";
import { LeftOut } from "./leftOut.ts";
import { Lines, word } from "./lines.ts";
import type { Rows } from "./rows.ts";
import { deviceLabels, firstNs, type Source } from "./source.ts";
import type { Target, Writer } from "./target.ts";

interface Action {
  readonly word: Uint8Array;
  readonly hasRange: boolean;
}

const ACTIONS = new Map<number, Action>([
  [OP_CODE.read, { word: word(" read "), hasRange: true }],
  [OP_CODE.write, { word: word(" write "), hasRange: true }],
  [OP_CODE.discard, { word: word(" trim "), hasRange: true }],
  [OP_CODE.flush, { word: word(" sync "), hasRange: false }],
]);
const BLANK = word(" ");
const LINE_END = word("\n");

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
  carries: ["clock"],
  marks: false,
  completions: false,
  writer: iologWriter,
} as const satisfies Target;

function iologWriter(source: Source): Writer {
  const { clock } = source.recorded;
  const names = deviceLabels(source.devices, fileName);
  const used = [...source.extents.keys()].sort((a, b) => a - b).map((device) => names[device]!);
  const words = names.map((name) => word(` ${name}`));
  const zeroNs = firstNs(source);
  const leftOut = new LeftOut(fioIolog.title);
  const lines = new Lines();
  let latestUs = FIRST_US;
  let withoutFlags = 0;

  const line = (device: number, action: Action, offsetBytes: number, bytes: number): void => {
    lines.number(latestUs);
    lines.word(words[device]!);
    lines.word(action.word);
    lines.number(action.hasRange ? offsetBytes : 0);
    lines.word(BLANK);
    lines.number(action.hasRange ? bytes : 0);
    lines.word(LINE_END);
  };
  const add = ({ length, op, flags, device, offsetBytes, lengthBytes, issueNs }: Rows): Uint8Array => {
    for (let i = 0; i < length; i++) {
      const action = ACTIONS.get(op[i]!);
      const bytes = lengthBytes[i]!;
      if (action === undefined) leftOut.op(op[i]!);
      else if (action.hasRange && bytes === 0) leftOut.because("requests without a length");
      else if (bytes > MOST_BYTES) leftOut.because("lengths of 4 GiB and more");
      else {
        if (clock) latestUs = FIRST_US + Math.floor((issueNs[i]! - zeroNs) / 1000);
        if ((flags[i]! & (FLAG.fua | FLAG.preflush)) !== 0) withoutFlags++;
        line(device[i]!, action, offsetBytes[i]!, bytes);
      }
    }
    return lines.take();
  };
  const notes = (): string[] => [
    ...(clock ? [] : ["the trace has no clock: fio replays it without waiting"]),
    ...leftOut.notes(),
    ...(withoutFlags === 0
      ? []
      : [`${fioIolog.title} has no FUA and preflush: ${counted(withoutFlags, "request")} written without`]),
  ];
  lines.word(word(`fio version 3 iolog\n${used.map((name) => `0 ${name} add\n0 ${name} open\n`).join("")}`));
  return {
    add,
    finish() {
      for (const name of used) lines.word(word(`${latestUs} ${name} close\n`));
      return lines.take();
    },
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
