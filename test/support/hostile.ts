import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a script of a trace would do, if one ran. */
const RUN = "window.hacked=1";
/** Asked by nobody: the domain cannot exist. */
export const ELSEWHERE = "evil.invalid";

/** Texts that would do something where they are taken for more than text; each begins with a word to find it by. */
export const HOSTILE: Readonly<Record<string, string>> = {
  markup: `markup"'><script>${RUN}</script><img src=x onerror=${RUN}>]]></style></title></textarea><!--`,
  vector: `vector</text><svg onload=${RUN}><a href="javascript:${RUN}">go</a>&lt;b&gt;&#x41;--></svg>`,
  template: `template{{ 191*191 }}{% raw %}{# gone #}\${191*191}<%= 191*191 %>{{ view.title | safe }}`,
  control: "control\u0000nul\u001b[31mred\u001b]0;owned\u0007 c1\u009b31m\u0085 del\u007f cr\rlf\nls\u2028 end",
  bidi: "bidi\u202egpj.exe\u2066\u200f\u061c\u200eend",
  rightToLeft: "\u05e9\u05dc\u05d5\u05dd rtl (\u0645\u0631\u062d\u0628\u0627",
  combining: `combining Z${"\u0301\u0323\u0489".repeat(30)}algo`,
  surrogate: "surrogate \ud800 and \udfff halves \ufffe\uffff and \u{1f600}",
  formula: `=formula("http://${ELSEWHERE}/","x")`,
  markdown: `markdown [click](http://${ELSEWHERE}) ![x](http://${ELSEWHERE}/x.png) \`code\` **b** | cell | <b>x</b> https://${ELSEWHERE} www.${ELSEWHERE} @nobody #1\n# head\n\`\`\`\n~~~`,
  long: `long ${"W".repeat(10_000)}`,
};

/** Short ones: names of processes of every trace. */
const MORE: readonly string[] = [
  "+plus()|cmd",
  "-minus()",
  "@mention()",
  "\t=tab()",
  "\uff1dwide()",
  "../../../etc/passwd",
  "__proto__",
  "constructor",
];

/** A folder of traces in several formats with hostile names, and hostile text in all that a trace or a side file says. */
export function writeHostileTraces(folder: string): void {
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, text] of Object.entries(HOSTILE)) {
    write(`fields/${name}.csv`, csvTrace(text));
    write(`fields/${name}.csv.json`, JSON.stringify(sideFile(name, text)));
  }
  for (const name of ["markup", "control", "bidi", "long"])
    write(`recorded/${name}.blktrace.0`, blktrace(HOSTILE[name]!));
  for (const name of ["markup", "bidi"]) write(`recorded/${name}.perf.txt`, perfScript(HOSTILE[name]!));
  for (const name of HOSTILE_NAMES) write(name, "op,offset_bytes,length_bytes\nwrite,512,4096\nread,8192,4096\n");
  write("broken\u001b[31m\u202e<b>{{ 7 }}.csv", "op,offset,length\nwrite,<script>\u001b[31m\u202e,4096\n");
  write("broken/side.csv", csvTrace("plain"));
  write("broken/side.csv.json", JSON.stringify({ [HOSTILE["control"]!]: 1, [HOSTILE["markup"]!]: 1 }));
  write(
    "blkreport.json",
    JSON.stringify({
      title: HOSTILE["markup"]!,
      comparisons: [["recorded-bidi", "recorded-control"]],
    }),
  );
}

/** Paths below traces/; the folder `x<` and what lies in it make a whole script element. */
export const HOSTILE_NAMES: readonly string[] = [
  `names/<img src=x onerror=${RUN}>.csv`,
  `names/<script>${RUN}</script>.csv`,
  "names/{{ 191*191 }}{% raw %}.csv",
  "names/\u001b[31mred\u001b]0;owned\u0007\u009b31m\r\n.csv",
  "names/a\u202egpj\u2066\u200f.csv",
  "names/\u05e9\u05dc\u05d5\u05dd 12.csv",
  `names/=cmd|' -C calc'!A0.csv`,
  `names/[click](http:${ELSEWHERE})\`\`\` **b** | x |.csv`,
  `names/${"W".repeat(240)}.csv`,
  `names/Z${"\u0301".repeat(100)}.csv`,
  `names/'; rm -rf $HOME; \`id\` $(id) ".csv`,
];

/** Writes and reads of several processes, a quarter of them unaligned and slow. */
function csvTrace(text: string): string {
  const field = (value: string) => `"${value.replace(/[\r\n]/g, " ").replaceAll('"', '""')}"`;
  const lines = Array.from({ length: 80 }, (_, i) => {
    const process = i % 3 === 0 ? text : (MORE[i % 11] ?? `${text} 2`);
    const offset = i % 4 === 0 ? i * 4096 + 512 : i * 4096;
    const issueNs = i * 1_000_000;
    const latencyNs = i % 4 === 0 ? 9_000_000 : 100_000;
    const op = i % 5 === 0 ? "read" : "write";
    return [op, offset, 4096, issueNs, issueNs + latencyNs, field(text), field(process), 0].join(",");
  });
  return `op,offset_bytes,length_bytes,issue_ns,complete_ns,device,process,error\n${lines.join("\n")}\n`;
}

/** Every string that a side file may have. */
function sideFile(name: string, text: string): object {
  const short = text.slice(0, 190);
  return {
    title: short,
    description: text.slice(0, 1990),
    command: text.slice(0, 1990),
    read: { format: "csv" },
    tags: [text.slice(0, 60)],
    kernel: short,
    host: short,
    filesystem: short,
    recorder: short,
    devices: {
      [text.replace(/[\r\n]/g, " ")]: { name: text, model: short, scheduler: text, bytes: 1 << 30, queueDepth: 8 },
    },
    cgroups: { 5432: short },
    history: { of: "hostile", commit: `${short}1`, label: `${short}2`, date: "2026-01-01T00:00:00Z" },
    spans: [{ name: text, fromNs: 5_000_000, toNs: 30_000_000 }],
    layout: { partitions: [{ name: text, startSector: 63, sectors: 1024 }] },
    ...(name === "bidi" ? { baseline: "fields-markup" } : {}),
  };
}

const DEVICE = 8 << 20;

/** What blktrace writes: a process with its name, a message, a span begun and ended by messages, and writes. */
function blktrace(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const message = (words: string) => new TextEncoder().encode(`${words}\0`);
  const records: Uint8Array[] = [
    record({ ns: 0, action: 0x400_0001, payload: new Uint8Array(8) }),
    record({ ns: 0, action: 0x400_0000, pid: 7, payload: bytes.subarray(0, 16) }),
    record({ ns: 1000, action: 0x400_0002, payload: message(text.slice(0, 4000)) }),
    record({ ns: 2000, action: 0x400_0002, payload: message(`begin ${text.slice(0, 4000)}`) }),
  ];
  for (let i = 0; i < 40; i++) {
    const at = { sector: 63 + i * 8, bytes: 4096, pid: 7 };
    records.push(record({ ns: 10_000 + i * 1_000_000, action: 0x42_0007, ...at }));
    records.push(record({ ns: 10_000 + i * 1_000_000 + 300_000, action: 0x82_0008, ...at }));
  }
  records.push(record({ ns: 90_000_000, action: 0x400_0002, payload: message(`end ${text.slice(0, 4000)}`) }));
  return Buffer.concat(records);
}

interface Fields {
  readonly ns: number;
  readonly action: number;
  readonly sector?: number;
  readonly bytes?: number;
  readonly pid?: number;
  readonly payload?: Uint8Array;
}

let sequence = 0;

function record({ ns, action, sector = 0, bytes = 0, pid = 0, payload = new Uint8Array(0) }: Fields): Uint8Array {
  const header = Buffer.alloc(48);
  header.writeUInt32LE(0x65617407, 0);
  header.writeUInt32LE(action >= 0x400_0000 ? 0 : ++sequence, 4);
  header.writeBigUInt64LE(BigInt(ns), 8);
  header.writeBigUInt64LE(BigInt(sector), 16);
  header.writeUInt32LE(bytes, 24);
  header.writeUInt32LE(action, 28);
  header.writeUInt32LE(pid, 32);
  header.writeUInt32LE(DEVICE, 36);
  header.writeUInt16LE(payload.length, 46);
  return Buffer.concat([header, payload]);
}

/** As `perf script` prints requests: the program's name stands first on the line. */
function perfScript(text: string): string {
  const name = text.replace(/[\r\n]/g, " ").slice(0, 200);
  const line = (i: number, at: string, event: string, rest: string) =>
    `${name.padStart(16)}    22 [001] 11604.${at}: block:${event}: 7,0 ${rest} ${130_080 + 8 * i} + 8 0x2,0,4 [${name}]`;
  return Array.from({ length: 40 }, (_, i) => [
    line(i, String(100_000 + 10 * i), "block_rq_issue", "W 4096 ()"),
    line(i, String(100_004 + 10 * i), "block_rq_complete", "W ()"),
  ])
    .flat()
    .join("\n")
    .concat("\n");
}
