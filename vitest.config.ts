import { defineConfig } from "vitest/config";

const ALL = ["test/**/*.test.ts"];
/** Workers that die report it late, to whatever runs then in their process. */
const OWN_PROCESS = ["test/work/pool.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    maxWorkers: "100%",
    projects: [
      // Shared modules: loading Vega and its like for each file took longer than most files' tests.
      { extends: true, test: { name: "shared", include: ALL, exclude: OWN_PROCESS, isolate: false } },
      { extends: true, test: { name: "alone", include: OWN_PROCESS } },
    ],
  },
});
