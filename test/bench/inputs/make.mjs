import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { blktraceFiles } from "./blktraceFiles.mjs";
import { blkparseFile, nbdkitFile, qtrFile } from "./textFiles.mjs";
import { ACTION, IS, runWorkload } from "./workload.mjs";

const SINKS = {
  blktrace: { name: "sda", open: (folder) => blktraceFiles(folder) },
  blkparse: { name: "sda.txt", open: (folder) => blkparseFile(join(folder, "sda.txt")) },
  nbdkit: { name: "sda.log", open: (folder) => nbdkitFile(join(folder, "sda.log")) },
  qtr: { name: "sda.qtr", open: (folder) => qtrFile(join(folder, "sda.qtr")) },
};

/**
 * Writes the same work in some formats into a folder, event by event: what is written is never in memory as a whole.
 * Gives what was written, and how many requests it holds.
 */
export function makeInputs({ folder, events, kinds, seed = 1 }) {
  mkdirSync(folder, { recursive: true });
  const sinks = kinds.map((kind) => SINKS[kind].open(folder));
  const requests = { read: 0, write: 0, discard: 0, flush: 0 };
  const made = runWorkload(
    events,
    (event) => {
      if (event.action === ACTION.D) requests[opOf(event)]++;
      for (const sink of sinks) sink.take(event);
    },
    seed,
  );
  const files = kinds.map((kind, i) => [kind, { path: join(folder, SINKS[kind].name), bytes: sinks[i].close() }]);
  return { events: made, requests, ...Object.fromEntries(files) };
}

function opOf({ categories, bytes }) {
  if (bytes === 0) return "flush";
  if (categories & IS.discard) return "discard";
  return categories & IS.write ? "write" : "read";
}
