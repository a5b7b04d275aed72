import type { Gate } from "../compare/gates/schema.ts";

/** How a site is prepared. */
export interface PrepareOptions {
  readonly tracesDir: string;
  /** Folders of Summaries to publish instead of the traces of `tracesDir`. */
  readonly from?: readonly string[];
  /** A folder of Summaries to compare with, each trace with that of its slug. */
  readonly base?: string;
  /** Rules for every comparison, beside those of the site's configuration. */
  readonly gates?: readonly Gate[];
  readonly cacheDir: string;
  /** Worker threads. */
  readonly jobs: number;
  /** Stop at the first trace that cannot be read. */
  readonly strict: boolean;
  /** Hash every file again, and take nothing from the cache that is not what it was. */
  readonly verify: boolean;
  onProgress(done: number, total: number, what: string): void;
  /** Called once, when there is something to be made and workers have begun with it. */
  onBusy?(): void;
}
