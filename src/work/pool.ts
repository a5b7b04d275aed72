import type { Tinypool } from "tinypool";
import type * as tasks from "./worker.ts";

type Tasks = typeof tasks;

/** Worker threads, started when the first task comes. A task that fails, or whose worker dies, fails alone. */
export interface Pool {
  run<Name extends keyof Tasks>(name: Name, job: Parameters<Tasks[Name]>[0]): Promise<Awaited<ReturnType<Tasks[Name]>>>;
  close(): Promise<void>;
}

// Workers need compiled code; run from the sources (by tests), they take what `npm run compile` made.
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/bundle/worker.js" : "./worker.js",
  import.meta.url,
);

export function openPool(jobs: number, worker: URL = WORKER): Pool {
  let starting: Promise<Started> | null = null;
  return {
    async run(name, job) {
      starting ??= start(jobs, worker);
      const { pool, death } = await starting;
      return Promise.race([pool.run(job, { name }), death]);
    },
    async close() {
      if (starting !== null) await destroyed((await starting).pool);
    },
  };
}

interface Started {
  readonly pool: Tinypool;
  /** Rejects when a worker dies without a task (it could not even start): nobody would answer those that wait. */
  readonly death: Promise<never>;
}

async function start(jobs: number, worker: URL): Promise<Started> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({ filename: worker.href, minThreads: jobs, maxThreads: jobs });
  const death = new Promise<never>((_, reject) => pool.on("error", reject));
  death.catch(() => undefined);
  return { pool, death };
}

/**
 * Node's `once` takes its listener back where a worker fails while the pool closes; Tinypool's workers cannot do that,
 * and the fault would end the process. What such a worker had to do was answered, or failed, before.
 */
async function destroyed(pool: Tinypool): Promise<void> {
  for (const worker of pool.threads) Object.assign(worker, { removeListener: () => undefined });
  await pool.destroy().catch(() => undefined);
}
