import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** GNU time: the operating system's own account of a process that has ended. */
const TIME = "/usr/bin/time";
const ROOT = new URL("../../", import.meta.url).pathname;

/** A whole process: its wall clock, the CPU of all its threads, and the most memory that it held. */
export function timed([program, ...args], { cwd = ROOT } = {}) {
  if (!existsSync(TIME)) throw new Error(`${TIME}: missing program; install GNU time (the package time)`);
  const folder = mkdtempSync(join(tmpdir(), "blkreport-time-"));
  const account = join(folder, "account");
  try {
    const start = performance.now();
    const { status, stderr } = spawnSync(TIME, ["-o", account, "-f", "%U %S %M", program, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const wallS = (performance.now() - start) / 1000;
    if (status !== 0) throw new Error(`${[program, ...args].join(" ")} gave ${status}: ${stderr.slice(-2000)}`);
    const [userS, systemS, peakKiB] = readFileSync(account, "utf8").trim().split(" ").map(Number);
    return { wallS, cpuS: userS + systemS, peakMB: (peakKiB * 1024) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs jobs in turn, forwards and backwards, so that a change of the machine's speed meets all; gives their medians. */
export function inTurns(jobs, runs) {
  const measured = jobs.map(() => []);
  for (let run = 0; run < runs; run++) {
    const order = [...jobs.keys()];
    for (const i of run % 2 === 0 ? order : order.reverse()) measured[i].push(jobs[i]());
  }
  return measured.map(medians);
}

function medians(runs) {
  return Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]));
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const { bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The compiled command line, as a user runs it. */
export function blkreport(...args) {
  return [process.execPath, join(ROOT, bin.blkreport), ...args];
}

/** A build of a folder of traces; cold: nothing is known, and nothing published yet. */
export function buildCommand(traces, site) {
  return blkreport("build", "--traces", traces, "--output", join(site, "output"), "--cache", join(site, "cache"));
}

export function coldBuild(traces, site) {
  rmSync(site, { recursive: true, force: true });
  return timed(buildCommand(traces, site));
}
