import { mkdirSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { programIn } from "./program.mjs";
import { choices } from "./random.mjs";
import { targetsOf } from "./targets/index.mjs";
import { faultOf } from "./verdict.mjs";

/** Feeds inputs to the program, one after the other, and says what each came to; `at` holds the number of the one that runs. */
const { seed, step, deep, folder, at, ...options } = workerData;
const program = await programIn(options.program);
const targets = await targetsOf({ ...options, program });
const weighted = targets.map((target) => [target.weight, target]);
mkdirSync(folder, { recursive: true });

const JOBS = {
  /** Inputs of these numbers. */
  async run({ from, to }) {
    const counts = {};
    for (let number = from; number < to; number += step) {
      Atomics.store(at, 0, number);
      const { target, files } = made(number);
      const { outcome, fault } = await outcomeOf(target, files, number % deep === 0);
      const key = `${target.id} ${outcome}`;
      counts[key] = (counts[key] ?? 0) + 1;
      if (fault !== null) parentPort.postMessage({ found: { number, target: target.id, fault, files } });
    }
    return { done: counts };
  },
  /** The files of an input. */
  make({ number }) {
    const { target, files } = made(number);
    return { target: target.id, files };
  },
  /** These files. */
  try({ target: wanted, files, number }) {
    return outcomeOf(
      targets.find(({ id }) => id === wanted),
      files,
      number % deep === 0,
    );
  },
};

parentPort.on("message", async (job) => parentPort.postMessage(await JOBS[job.do](job)));
parentPort.postMessage("ready");

function made(number) {
  const rnd = choices(seed, number);
  const target = rnd.weighted(weighted);
  return { target, files: target.inputOf(rnd) };
}

async function outcomeOf(target, files, isDeep) {
  try {
    await target.run(program, { files, isDeep, written: () => written(files), writtenFolder: () => folderOf(files) });
    return { outcome: "taken", fault: null };
  } catch (error) {
    return { outcome: "refused", fault: faultOf(error, program, { folder, files }) };
  }
}

/** The paths of files in a folder that has no others. */
function written(files) {
  for (const name of readdirSync(folder)) unlinkSync(join(folder, name));
  return files.map(({ name, bytes }) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  });
}

function folderOf(files) {
  written(files);
  return folder;
}
