import { type BlockDevice, markOf } from "./blockDevice.ts";
import { type Argv, type Plan, type Step, WORK } from "./plan.ts";
import type { Question } from "./question.ts";

const BUFFERS_PER_CPU = 8;

/** blktrace on one device. */
export function planBlktrace(question: Question, device: BlockDevice, facts: { debugfs: string; cpus: number }): Plan {
  const { place, command, bufferBytes } = question;
  const mark = markOf(question);
  const folder = `${facts.debugfs}/block/${device.name}`;
  // It opens its own files when the kernel has given it its.
  const recorded = `${WORK}/${device.name}`;
  const marker = (word: string): Step[] =>
    mark === null ? [] : [{ does: "put", path: `${folder}/msg`, text: `${word} ${mark}` }];
  const bufferKib = Math.max(64, Math.floor(bufferBytes / 1024 / facts.cpus / BUFFERS_PER_CPU));
  const buffers = ["-b", String(bufferKib), "-n", String(BUFFERS_PER_CPU)];
  const argv: Argv = ["blktrace", "-d", device.path, ...buffers, "-D", WORK];
  return {
    format: "blktrace",
    before: [{ does: "start", argv, until: `${recorded}.blktrace.0`, stopWith: "SIGINT" }, ...marker("begin")],
    command: { argv: command, env: { BLKREPORT_MARKS: `${folder}/msg` } },
    after: [
      { does: "run", argv: ["sync"] },
      ...marker("end"),
      { does: "readLost", path: `${folder}/dropped` },
      { does: "stop" },
    ],
    recorded,
    trace: place,
    spans: mark === null ? [] : [mark],
  };
}
