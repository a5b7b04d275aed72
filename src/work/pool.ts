import type { Tinypool } from "tinypool";
import type * as tasks from "./worker.ts";

type Tasks = typeof tasks;

/** Worker threads, each started when there is a task for it. A task that fails, or whose worker dies, fails alone. */
export interface Pool {
  run<Name extends keyof Tasks>(name: Name, job: Parameters<Tasks[Name]>[0]): Promise<Awaited<ReturnType<Tasks[Name]>>>;
  close(): Promise<void>;
}

// Workers need compiled code; run from the sources (by tests), they take what `npm run compile` made.
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/bundle/worker.js" : "./worker.js",
  import.meta.url,
);

/** Half of a worker's heap would be room for what it is about to forget; less room makes it no slower. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };
/** The longest that a timer of Node can wait: a worker that was started stays. */
const NEVER_MS = 2 ** 31 - 1;

export interface PoolOptions {
  readonly worker?: URL;
  /** Called when the first task is with a worker: the caller's own thread has time now. */
  onBusy?(): void;
}

export function openPool(jobs: number, { worker = WORKER, onBusy }: PoolOptions = {}): Pool {
  let starting: Promise<Started> | null = null;
  return {
    async run(name, job) {
      const isFirst = starting === null;
      starting ??= start(jobs, worker);
      const { pool, death, watchExits } = await starting;
      const answer = Promise.race([pool.run(job, { name }), death]);
      watchExits();
      if (isFirst) onBusy?.();
      return answer;
    },
    async close() {
      if (starting !== null) await destroyed((await starting).pool);
    },
  };
}

interface Started {
  readonly pool: Tinypool;
  /** Rejects when there is no worker left, since none can start: nobody would answer those that wait. */
  readonly death: Promise<never>;
  /** To be called when workers may have been started. */
  watchExits(): void;
}

async function start(jobs: number, worker: URL): Promise<Started> {
  const { Tinypool } = await import("tinypool");
  const threads = { minThreads: 1, maxThreads: jobs, idleTimeout: NEVER_MS };
  const pool = new Tinypool({ filename: worker.href, ...threads, resourceLimits: LIMITS });
  const death = new Promise<never>((_, reject) =>
    pool.on("error", (error) => {
      if (pool.threads.length === 0) reject(error);
    }),
  );
  death.catch(() => undefined);
  return { pool, death, watchExits: exitsOf(pool) };
}

/** Tinypool hears of a worker that fails, and not of one that ends by itself: its task would never be answered. */
function exitsOf(pool: Tinypool): () => void {
  const watched = new WeakSet<object>();
  const watchAll = () => {
    for (const worker of pool.threads) {
      if (watched.has(worker)) continue;
      watched.add(worker);
      let hasFailed = false;
      worker.on("error", () => {
        hasFailed = true;
        watchAll();
      });
      worker.on("exit", (code: number) => {
        if (!hasFailed && pool.threads.includes(worker))
          worker.emit("error", new Error(`the worker ended with status ${code}`));
      });
    }
  };
  return watchAll;
}

/**
 * Node's `once` takes its listener back where a worker fails while the pool closes; Tinypool's workers cannot do that,
 * and the fault would end the process. What such a worker had to do was answered, or failed, before.
 */
async function destroyed(pool: Tinypool): Promise<void> {
  for (const worker of pool.threads) Object.assign(worker, { removeListener: () => undefined });
  await pool.destroy().catch(() => undefined);
}
