import { type BlockDevice, markOf } from "./blockDevice.ts";
import { type Plan, type Step, WORK } from "./plan.ts";
import type { Question } from "./question.ts";

/** What this machine's ftrace is. */
export interface FtraceFacts {
  /** Where tracefs is mounted. */
  readonly tracefs: string;
  /** Names of clocks that can be chosen. */
  readonly clocks: readonly string[];
  /** Names of the block layer's events. */
  readonly events: ReadonlySet<string>;
  readonly cpus: number;
}

/** The events of which requests are made. All of them know their device, so that a filter can keep to one. */
export const FTRACE_EVENTS = [
  "block_bio_queue",
  "block_bio_backmerge",
  "block_bio_frontmerge",
  "block_bio_remap",
  "block_bio_complete",
  "block_split",
  "block_getrq",
  "block_rq_insert",
  "block_rq_merge",
  "block_rq_issue",
  "block_rq_requeue",
  "block_rq_complete",
] as const;

const RECORDED = `${WORK}/trace.txt`;
/** The same on all CPUs, and never set back; older kernels do not have the first. */
const CLOCKS = ["mono", "global"];

/** The kernel's own trace of one device, in a buffer of its own. */
export function planFtrace(question: Question, device: BlockDevice, facts: FtraceFacts): Plan {
  const { place, command, bufferBytes } = question;
  const mark = markOf(question);
  const instance = `${facts.tracefs}/instances/${instanceName(place)}`;
  const put = (path: string, text: string): Step => ({ does: "put", path: `${instance}/${path}`, text });
  const clock = CLOCKS.find((name) => facts.clocks.includes(name));
  const events = FTRACE_EVENTS.filter((name) => facts.events.has(name));
  const kernelNumber = (device.major << 20) | device.minor;
  const each = (file: string, text: string): Step => ({
    does: "putEach",
    folder: `${instance}/events/block`,
    names: events,
    file,
    text,
  });
  const marker = (word: string) => (mark === null ? [] : [put("trace_marker", `${word} ${mark}`)]);
  return {
    format: "ftrace",
    before: [
      { does: "makeInstance", path: instance },
      ...(clock === undefined ? [] : [put("trace_clock", clock)]),
      put("buffer_size_kb", String(Math.max(64, Math.floor(bufferBytes / 1024 / facts.cpus)))),
      each("filter", `dev == 0x${kernelNumber.toString(16)}`),
      each("enable", "1"),
      ...marker("begin"),
    ],
    command: { argv: command, env: { BLKREPORT_MARKS: `${instance}/trace_marker` } },
    after: [
      { does: "run", argv: ["sync"] },
      ...marker("end"),
      put("tracing_on", "0"),
      { does: "copy", from: `${instance}/trace`, to: RECORDED },
      {
        does: "countLost",
        folder: `${instance}/per_cpu`,
        file: "stats",
        fields: ["overrun", "commit overrun", "dropped events"],
      },
    ],
    recorded: RECORDED,
    trace: `${place}.ftrace.txt`,
    spans: mark === null ? [] : [mark],
  };
}

function instanceName(place: string): string {
  return `blkreport-${place.replace(/[^A-Za-z0-9]+/g, "-").slice(-60)}`;
}
