import { Worker } from "node:worker_threads";

const TICK_MS = 50;
/** An input may take so much of a processor's time; the clock on the wall says little on a machine that has other work. */
const MOST_CPU_MS = 1000;
/** To load the program, and to make the first inputs. */
const MOST_START_MS = 60_000;
/** What may come to what the process held before: one input, and all that is not collected yet of those before it. */
const MOST_MIB = 768;
const LIMITS = { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 128 };

/** A thread that is ended when an input takes too long or too much, even in a loop that never looks up. */
export function openThread(options, program = new URL("thread.mjs", import.meta.url)) {
  const at = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program, {
    workerData: { ...options, at },
    resourceLimits: LIMITS,
    stdout: true,
    stderr: true,
  });
  const ready = new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    setTimeout(() => reject(new Error("the program does not start")), MOST_START_MS).unref();
  });
  return {
    ready,
    close: () => worker.terminate(),
    /** The answer to a job, or why there is none and at which input. */
    ask: (job, onFound) => watched(worker, at, job, onFound),
  };
}

function watched(worker, at, job, onFound = () => undefined) {
  Atomics.store(at, 0, -1);
  let current = -1;
  let since = process.cpuUsage();
  const heldBefore = process.memoryUsage.rss();
  return new Promise((resolve) => {
    const timer = setInterval(look, TICK_MS);
    worker.on("message", heard);
    worker.once("error", died);
    worker.once("exit", died);
    worker.postMessage(job);

    function look() {
      const number = Atomics.load(at, 0);
      if (number !== current) {
        current = number;
        since = process.cpuUsage();
      }
      const { user, system } = process.cpuUsage(since);
      const mib = (process.memoryUsage.rss() - heldBefore) / 2 ** 20;
      if ((user + system) / 1000 > MOST_CPU_MS) end(`hang: more than ${MOST_CPU_MS} ms`);
      else if (mib > MOST_MIB) end(`memory: more than ${MOST_MIB} MiB`);
    }
    function heard(message) {
      if ("found" in message) onFound(message.found);
      else settle({ answer: message });
    }
    function died(error) {
      settle({ lost: `the thread ended: ${error?.message ?? `exit ${error}`}`, number: Atomics.load(at, 0) });
    }
    function end(lost) {
      const number = Atomics.load(at, 0);
      settle({ lost, number });
    }
    function settle(result) {
      clearInterval(timer);
      worker.off("message", heard);
      worker.off("error", died);
      worker.off("exit", died);
      if ("lost" in result) worker.on("error", () => undefined);
      resolve(result);
    }
  });
}
