import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { blktraceBytes } from "../generate.mjs";
import { atMost, awayFromLine } from "../goals.mjs";
import { makeInputs } from "../inputs/make.mjs";
import { installedPeers } from "../peers.mjs";
import { blkreport, coldBuild, inTurns, timed } from "../process.mjs";

const SIZES = { quick: [10_000, 20_000, 40_000], usual: [1e6, 1e7], large: [1e6, 1e7, 1e8] };
/** Above, the peers take too long, and the goals are about memory and growth. */
const MOST_FOR_PEERS = 1e7;
const RUNS_OF_LARGE = 3;
const MOST_MB = 400;

/** From the raw files of CPUs to numbers and to a site. */
export const events = {
  id: "events",
  title: "Events of blktrace, from the raw files",
  run({ quick, large, folder, runs }) {
    const sizes = SIZES[quick ? "quick" : large ? "large" : "usual"];
    const measure = (work, size) => measuredAt(work, size, folder, size > 1e6 ? Math.min(runs, RUNS_OF_LARGE) : runs);
    const measured = sizes.map((size) => measure("mixed", size));
    const plain = measure(
      "plain",
      sizes.findLast((size) => size <= MOST_FOR_PEERS),
    );
    return [
      {
        text: `Generated. Mixed: merges, plugs, flushes and discards of several programs, in four files of CPUs. Plain: a Q, G, D and C for each read and write, in one file. ${RUNS_OF_LARGE} runs from 10 million events on. Cores: CPU time for each second that passes.`,
      },
      { rows: [...measured, plain].flatMap(rowsOf) },
      { rows: [...goalsOf(measured), ...besidePeers(plain)] },
      { text: "Each event, in nanoseconds that pass:", rows: measured.map(perEvent) },
    ];
  },
};

/** Writes a set of files of CPUs; gives how many events there are, and the set. */
const WORK = {
  mixed(folder, events) {
    const made = makeInputs({ folder, events, kinds: ["blktrace"] });
    return { events: made.events, set: made.blktrace.path };
  },
  plain(folder, events) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "sda.blktrace.0"), blktraceBytes(events / 4));
    return { events, set: join(folder, "sda") };
  },
};

function measuredAt(work, size, folder, runs) {
  const traces = join(folder, "traces");
  const { events, set } = WORK[work](traces, size);
  const jobs = { ...peersOf(set, size), ...oursOf(set) };
  const medians = inTurns(Object.values(jobs), runs);
  rmSync(traces, { recursive: true });
  const all = Object.fromEntries(Object.keys(jobs).map((name, i) => [name, medians[i]]));
  return { work, events, all };
}

/** An engineer's usual way to a picture; the later steps read what blkparse merges. */
function peersOf(set, size) {
  const installed = installedPeers();
  if (size > MOST_FOR_PEERS || !installed.includes("blkparse")) return {};
  const folder = join(dirname(dirname(set)), "peers");
  mkdirSync(folder, { recursive: true });
  const merged = join(folder, "merged.bin");
  const merging = ["blkparse", "-i", set, "-d", merged, "-O"];
  timed(merging, { cwd: folder });
  const commands = {
    blkparse: merging,
    btt: ["btt", "-i", merged],
    iowatcher: ["iowatcher", "-t", merged, "-o", join(folder, "picture.svg")],
  };
  const there = Object.entries(commands).filter(([name]) => installed.includes(name));
  return Object.fromEntries(there.map(([name, command]) => [name, () => timed(command, { cwd: folder })]));
}

function oursOf(set) {
  const traces = dirname(set);
  return {
    summary: () => timed(blkreport("summary", set)),
    site: () => coldBuild(traces, join(dirname(traces), "site")),
  };
}

const NAMES = { summary: "blkreport summary", site: "blkreport build" };

function rowsOf({ work, events, all }) {
  return Object.entries(all).map(([name, { wallS, cpuS, peakMB }]) => ({
    work,
    events,
    program: NAMES[name] ?? name,
    "wall s": wallS,
    "CPU s": cpuS,
    cores: cpuS / wallS,
    "peak MB": peakMB,
    "times iowatcher": all.iowatcher && wallS / all.iowatcher.wallS,
  }));
}

function goalsOf(measured) {
  const [least, most] = [measured[0], measured.at(-1)];
  const growth = (name) => most.all[name].peakMB / least.all[name].peakMB;
  return [
    ...besidePeers(measured.findLast(({ all }) => all.iowatcher !== undefined)),
    ...measured.flatMap(({ events, all }) =>
      ["summary", "site"].map((name) =>
        atMost(`${NAMES[name]}, ${millions(events)}: peak MB`, all[name].peakMB, MOST_MB),
      ),
    ),
    ...["summary", "site"].map((name) =>
      atMost(
        `${NAMES[name]}: peak at ${millions(most.events)}, times that at ${millions(least.events)}`,
        growth(name),
        1.2,
      ),
    ),
    ...(measured.length < 3 ? [] : ["summary", "site"].map((name) => straightness(measured, name))),
  ];
}

function besidePeers(measured) {
  if (measured?.all.iowatcher === undefined) return [];
  const { blkparse, btt, iowatcher, summary, site } = measured.all;
  const at = `${measured.work}, ${millions(measured.events)}`;
  const chain = btt && blkparse.wallS + btt.wallS + iowatcher.wallS;
  return [
    atMost(`Summary, ${at}: times iowatcher`, summary.wallS / iowatcher.wallS, 0.8),
    atMost(`site, ${at}: times iowatcher`, site.wallS / iowatcher.wallS, 1.5),
    ...(chain ? [atMost(`site, ${at}: times blkparse, btt and iowatcher`, site.wallS / chain, 0.125)] : []),
  ];
}

function straightness(measured, name) {
  const points = measured.slice(-3).map(({ events, all }) => [events, all[name].wallS]);
  return atMost(`${NAMES[name]}: share by which the middle size is off a straight line`, awayFromLine(points), 0.15);
}

function perEvent({ events, all: { summary, site } }) {
  return { events, "Summary ns": (summary.wallS / events) * 1e9, "site ns": (site.wallS / events) * 1e9 };
}

function millions(events) {
  return `${(events / 1e6).toFixed(events < 1e6 ? 2 : 0)} million`;
}
