/**
 * Feeds blkreport with damaged files of every kind that people hand to it. Each must be taken or refused in words that
 * help, within a second and in bounded memory.
 *
 *     npm run fuzz -- --inputs 1000000      a million; the seed is printed
 *     --seed N       the same inputs again (default: the time)
 *     --first N      begin with this one
 *     --only TARGET  trace, side-file, summary, stored, site, gates, manifest
 *     --deep N       every N-th is also summarised and put on pages (default 10)
 *     --shard K/N    the K-th of N shares, from 1, for several processes
 *     --captures DIR seeds of a folder of recordings too
 *     --save DIR     where what is found goes (default .cache/fuzz)
 *     --program DIR  the compiled program (default dist)
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { keep } from "./keep.mjs";
import { shrunk } from "./shrink.mjs";
import { signatureOf } from "./verdict.mjs";
import { openThread } from "./watch.mjs";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 1000)) },
    first: { type: "string", default: "0" },
    only: { type: "string" },
    deep: { type: "string", default: "10" },
    shard: { type: "string", default: "1/1" },
    captures: { type: "string" },
    save: { type: "string", default: ".cache/fuzz" },
    program: { type: "string", default: "dist" },
  },
});
const seed = Number(values.seed);
const [share, shares] = values.shard.split("/").map(Number);
const folder = mkdtempSync(join(tmpdir(), "blkreport-fuzz-"));
const { only, captures } = values;
const options = {
  ...{ seed, step: shares, deep: Number(values.deep), folder, program: resolve(values.program) },
  ...{ only, captures },
};
const first = Number(values.first) + share - 1;
const last = Number(values.first) + Number(values.inputs);

console.log(`seed ${seed}, inputs ${first} to ${last - 1}${shares > 1 ? `, each ${shares}th` : ""}`);
const before = process.cpuUsage();
const known = new Map();
const counts = {};
let thread = await opened();
try {
  await runAll();
} finally {
  await thread.close();
  rmSync(folder, { recursive: true, force: true });
}
const { user, system } = process.cpuUsage(before);
for (const [what, count] of Object.entries(counts).sort()) console.log(`${what}: ${count}`);
console.log(`${known.size} faults found; ${((user + system) / 1e6).toFixed(1)} s of CPU`);
for (const [signature, { times, path }] of known) console.log(`${times} times: ${signature}\n    ${path}`);
process.exitCode = known.size > 0 ? 1 : 0;

async function runAll() {
  for (let from = first; from < last; ) {
    const found = [];
    const { answer, lost, number } = await thread.ask({ do: "run", from, to: last }, (one) => found.push(one));
    for (const one of found) await take(one);
    if (lost === undefined) {
      for (const [what, count] of Object.entries(answer.done)) counts[what] = (counts[what] ?? 0) + count;
      return;
    }
    await reopen();
    const made = await thread.ask({ do: "make", number });
    if (made.lost !== undefined) throw new Error(`input ${number} cannot be made: ${made.lost}`);
    await take({ number, ...made.answer, fault: lost });
    from = number + shares;
  }
}

/** The first of each kind of fault is made smaller and kept. */
async function take(found) {
  const signature = `${found.target}: ${signatureOf(found.fault)}`;
  const earlier = known.get(signature);
  if (earlier !== undefined) {
    earlier.times++;
    return;
  }
  const files = found.target === "trace" ? await shrunk(found.files, (files) => isSame(found, files)) : found.files;
  const path = keep(values.save, { ...found, files }, { seed });
  known.set(signature, { times: 1, path });
  console.log(`input ${found.number}, ${found.target}: ${found.fault}`);
}

async function isSame({ target, number, fault }, files) {
  const { answer, lost } = await thread.ask({ do: "try", target, number, files });
  if (lost !== undefined) await reopen();
  const other = lost ?? answer.fault;
  return other !== null && signatureOf(other) === signatureOf(fault);
}

async function reopen() {
  await thread.close();
  thread = await opened();
}

async function opened() {
  const one = openThread(options);
  await one.ready;
  return one;
}
