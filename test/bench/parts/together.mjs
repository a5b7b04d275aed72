import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { atMost } from "../goals.mjs";
import { makeInputs } from "../inputs/make.mjs";
import { blkreport, inTurns, timed } from "../process.mjs";

const EVENTS = { quick: 20_000, usual: 5e6 };
const RUNS = 3;

/** Two large traces in one run, and in two runs one after the other. */
export const together = {
  id: "together",
  title: "Two large traces",
  run({ quick, folder, runs }) {
    const events = EVENTS[quick ? "quick" : "usual"];
    for (const name of ["first", "second"]) {
      const made = { folder: join(folder, name), events, kinds: ["blktrace"], seed: name.length };
      makeInputs(made);
    }
    const both = join(folder, "both");
    mkdirSync(both);
    const inOneRun = () => {
      move(folder, ["first", "second"], both);
      try {
        return summaries(both, folder);
      } finally {
        move(both, ["first", "second"], folder);
      }
    };
    const jobs = [inOneRun, ...["first", "second"].map((name) => () => summaries(join(folder, name), folder))];
    const [atOnce, first, second] = inTurns(jobs, Math.min(runs, RUNS));
    const apart = first.wallS + second.wallS;
    const row = (what, { wallS, cpuS, peakMB }) => ({
      what,
      "wall s": wallS,
      "CPU s": cpuS,
      cores: cpuS / wallS,
      "peak MB": peakMB,
    });
    return [
      { text: `Each of ${events / 1e6} million events; medians of ${Math.min(runs, RUNS)}.` },
      { rows: [row("both at once", atOnce), row("the first alone", first), row("the second alone", second)] },
      { rows: [atMost("both at once, times one after the other", atOnce.wallS / apart, 0.6)] },
    ];
  },
};

function move(from, names, to) {
  for (const name of names) renameSync(join(from, name), join(to, name));
}

function summaries(traces, folder) {
  const scratch = join(folder, "scratch");
  rmSync(scratch, { recursive: true, force: true });
  const places = ["-o", join(scratch, "summaries"), "--cache", join(scratch, "cache")];
  return timed(blkreport("summary", "--traces", traces, ...places));
}
