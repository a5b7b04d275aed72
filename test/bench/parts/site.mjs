import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { atMost } from "../goals.mjs";
import { buildCommand, coldBuild, inTurns, timed } from "../process.mjs";

const ROOT = new URL("../../../", import.meta.url).pathname;
const ELEVENTY = join(ROOT, "node_modules/@11ty/eleventy/cmd.cjs");
const COLD_RUNS = 3;

/** The repository's own site, from nothing and with nothing changed, beside the least that Eleventy can do. */
export const site = {
  id: "site",
  title: "The repository's own site",
  run({ quick, folder, runs }) {
    const traces = join(ROOT, quick ? "traces/databases" : "traces");
    const built = join(folder, "site");
    const coldRuns = Math.min(runs, COLD_RUNS);
    const [cold] = inTurns([() => coldBuild(traces, built)], coldRuns);
    const page = emptyPage(folder);
    const again = () => timed(buildCommand(traces, built));
    again();
    const [warm, empty] = inTurns([again, () => timed(page.command, { cwd: page.folder })], runs);
    const row = (what, { wallS, cpuS, peakMB }) => ({ what, "wall s": wallS, "CPU s": cpuS, "peak MB": peakMB });
    return [
      { text: `The cold build ${coldRuns === 1 ? "once" : `${coldRuns} times`}.` },
      {
        rows: [
          row("cold build", cold),
          row("build with nothing changed", warm),
          row("Eleventy builds one empty page", empty),
        ],
      },
      {
        rows: [
          atMost("cold build: s", cold.wallS, 15),
          atMost("nothing changed: times an empty page of Eleventy", warm.wallS / empty.wallS, 2.5),
        ],
      },
    ];
  },
};

function emptyPage(folder) {
  const input = join(folder, "empty");
  mkdirSync(input);
  writeFileSync(join(input, "index.njk"), "");
  return { folder: input, command: [process.execPath, ELEVENTY, "--quiet", "--output=out"] };
}
