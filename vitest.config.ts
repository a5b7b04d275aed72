import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A test that builds sites takes minutes where others work beside it.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: "100%",
    setupFiles: ["test/support/setup.ts"],
    projects: [
      // Shared modules: loading Vega and its like for each file took longer than most files' tests.
      { extends: true, test: { name: "shared", include: ["test/**/!(pool).test.ts"], isolate: false } },
      // Workers that die report it late, to whatever runs then in their process.
      { extends: true, test: { name: "alone", include: ["test/work/pool.test.ts"] } },
    ],
  },
});
