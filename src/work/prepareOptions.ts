/** How a site is prepared. */
export interface PrepareOptions {
  readonly tracesDir: string;
  readonly cacheDir: string;
  /** Worker threads. */
  readonly jobs: number;
  /** Stop at the first trace that cannot be read. */
  readonly strict: boolean;
  /** Hash every file again, and take nothing from the cache that is not what it was. */
  readonly verify: boolean;
  onProgress(done: number, total: number, what: string): void;
}
