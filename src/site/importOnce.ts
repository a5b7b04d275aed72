/**
 * Spares a build the thread in which Eleventy would find files to import again after they changed: nothing changes
 * while a site is written once. To be called before Eleventy is loaded; its server needs the thread.
 */
export function importOnce(): void {
  process.env["ELEVENTY_SKIP_ESM_RESOLVER"] = "1";
}
