// Run by `npm run compile`. Bundles what starts a process or a thread: loading twelve hundred small modules takes longer than reading most traces.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "rolldown";

/** Most of those modules, and pure: it is copied in. All other packages stay where npm puts them. */
const COPIED = "typebox";
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const others = Object.keys(dependencies).filter((name) => name !== COPIED);

await build({
  input: {
    main: "dist/cli/main.js",
    worker: "dist/work/worker.js",
    thread: "dist/work/assistant/thread.js",
    plugin: "dist/site/plugin.js",
    eleventyPlugin: "dist/site/eleventyPlugin.js",
  },
  platform: "node",
  external: others.map((name) => new RegExp(`^${name}(?:/|$)`)),
  output: {
    dir: "dist/bundle",
    cleanDir: true,
    chunkFileNames: "part-[name].js",
    banner: `/*! Contains ${COPIED}, Copyright (c) Haydn Paterson, under the MIT licence that lies in that package. */`,
  },
});

const { codeHash } = await import("./dist/io/fingerprint.js");
writeFileSync("dist/bundle/code.sha256", codeHash());
