import { appendFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { atMost, awayFromLine } from "../goals.mjs";
import { makeInputs } from "../inputs/make.mjs";
import { buildCommand, coldBuild, median, timed } from "../process.mjs";

const COUNTS = { quick: [2, 4, 8], usual: [10, 100, 1000] };
const CHANGED_AMONG = { quick: 4, usual: 500 };
const CHANGES = 3;
const MOST_RUNS = { cold: (traces) => (traces > 100 ? 1 : 3), warm: 3 };
const EVENTS = 300;
const FOLDERS = 10;

/** Sites of more and more small traces, and one of their traces changed. */
export const scale = {
  id: "scale",
  title: "Many traces",
  run({ quick, folder, runs }) {
    const size = quick ? "quick" : "usual";
    const measured = COUNTS[size].map((traces) => measuredOf(traces, folder, runs));
    const changed = changedAmong(CHANGED_AMONG[size], folder, Math.min(runs, CHANGES));
    return [
      {
        text: "Small traces in ten folders, every fourth one of nbdkit, the others of qtrace. 1 000 from nothing: one run.",
      },
      { rows: [...measured.flatMap(rowsOf), rowOf(CHANGED_AMONG[size], "one changed", changed)] },
      { rows: goalsOf(measured, changed) },
    ];
  },
};

function measuredOf(traces, folder, runs) {
  const [input, site] = madeTraces(traces, folder);
  const repeated = (most, job) => mediansOf(Array.from({ length: Math.min(runs, most) }, job));
  const cold = repeated(MOST_RUNS.cold(traces), () => coldBuild(input, site));
  const warm = repeated(MOST_RUNS.warm, () => timed(buildCommand(input, site)));
  removed(input, site);
  return { traces, cold, warm };
}

function changedAmong(traces, folder, runs) {
  const [input, site] = madeTraces(traces, folder);
  coldBuild(input, site);
  const changes = Array.from({ length: runs }, (_, i) => {
    appendFileSync(join(input, "folder-1/trace-1.qtr"), `R ${i * 8} 8\n`);
    return timed(buildCommand(input, site));
  });
  removed(input, site);
  return mediansOf(changes);
}

function madeTraces(traces, folder) {
  const input = join(folder, "traces");
  for (let i = 0; i < traces; i++) {
    const kind = i % 4 === 0 ? "nbdkit" : "qtr";
    const made = makeInputs({ folder: join(folder, "one"), events: EVENTS, kinds: [kind], seed: i + 1 });
    const place = join(input, `folder-${i % FOLDERS}`);
    mkdirSync(place, { recursive: true });
    renameSync(made[kind].path, join(place, `trace-${i}${kind === "qtr" ? ".qtr" : ".log"}`));
  }
  return [input, join(folder, "site")];
}

function removed(...folders) {
  for (const folder of folders) rmSync(folder, { recursive: true });
}

function mediansOf(runs) {
  const of = (key) => median(runs.map((run) => run[key]));
  return { wallS: of("wallS"), cpuS: of("cpuS"), peakMB: of("peakMB") };
}

function rowsOf({ traces, cold, warm }) {
  return [rowOf(traces, "from nothing", cold), rowOf(traces, "nothing changed", warm)];
}

function rowOf(traces, build, { wallS, cpuS, peakMB }) {
  return { traces, build, "wall s": wallS, "CPU s": cpuS, "ms a trace": (wallS / traces) * 1000, "peak MB": peakMB };
}

function goalsOf(measured, changed) {
  const line = (key) => measured.map((one) => [one.traces, one[key].wallS]);
  return [
    atMost("one trace changed among many: s", changed.wallS, 3),
    atMost("from nothing: share by which the middle size is off a straight line", awayFromLine(line("cold")), 0.15),
    atMost("nothing changed: the same", awayFromLine(line("warm")), 0.15),
    atMost(
      "the most traces: peak MB",
      Math.max(...measured.map(({ cold, warm }) => Math.max(cold.peakMB, warm.peakMB))),
      1000,
    ),
  ];
}
