import { join } from "node:path";
import { atLeast } from "../goals.mjs";
import { makeInputs } from "../inputs/make.mjs";
import { installedPeers } from "../peers.mjs";
import { blkreport, inTurns, timed } from "../process.mjs";

const EVENTS = { quick: 20_000, usual: 5e6, large: 1e7 };
const KINDS = ["blkparse", "nbdkit", "qtr"];

/** Text formats through to the Summary, and what blkparse takes to print the same events. */
export const text = {
  id: "text",
  title: "Text, through to the Summary",
  run({ quick, large, folder, runs }) {
    const events = EVENTS[quick ? "quick" : large ? "large" : "usual"];
    const made = makeInputs({ folder: join(folder, "in"), events, kinds: ["blktrace", ...KINDS] });
    const jobs = KINDS.map((kind) => ({
      kind,
      bytes: made[kind].bytes,
      command: blkreport("summary", made[kind].path),
    }));
    const printing = {
      kind: "blkparse prints",
      bytes: made.blkparse.bytes,
      command: ["blkparse", "-i", made.blktrace.path],
    };
    const all = installedPeers().includes("blkparse") ? [...jobs, printing] : jobs;
    const medians = inTurns(
      all.map(
        ({ command }) =>
          () =>
            timed(command),
      ),
      runs,
    );
    const speeds = all.map(({ bytes }, i) => bytes / 1e6 / medians[i].wallS);
    const rows = all.map(({ kind, bytes }, i) => ({
      text: kind,
      MB: bytes / 1e6,
      "wall s": medians[i].wallS,
      "CPU s": medians[i].cpuS,
      "peak MB": medians[i].peakMB,
      "MB/s": speeds[i],
    }));
    return [
      {
        text: `The same ${(made.events / 1e6).toFixed(2)} million events, or their requests, in each format; whole processes.`,
      },
      { rows },
      {
        rows: [
          ...KINDS.map((kind, i) => atLeast(`${kind}: MB/s`, speeds[i], 200)),
          ...(speeds.length > KINDS.length
            ? [
                atLeast(
                  "blkparse text: times the speed at which blkparse prints it",
                  speeds[0] / speeds[KINDS.length],
                  20,
                ),
              ]
            : []),
        ],
      },
    ];
  },
};
