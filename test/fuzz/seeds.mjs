import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

/** More of a trace says the same again, and takes longer. */
const MOST_BYTES = 6_000;
const EXPECTED = ["expected.json", "error.txt", "quality.json", "read.json"];

/**
 * Real traces: what the golden and broken cases and traces/ hold, and the recordings of a folder if there is one.
 * Each has the files that lie beside each other, and what its side file says of how to read it.
 */
export function traceSeeds(captures) {
  return [
    ...casesIn("test/golden/formats"),
    ...casesIn("test/broken"),
    ...recordingsIn("traces"),
    ...(captures === undefined ? [] : recordingsIn(captures)),
  ];
}

/** The side files of traces/. */
export function sideFileTexts() {
  const names = readdirSync("traces", { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => name.endsWith(".json")).map((name) => readFileSync(join("traces", name), "utf8"));
}

function casesIn(folder) {
  const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return cases
    .map(({ name }) => join(folder, name))
    .sort()
    .map((path) => {
      const name = readdirSync(path).find((file) => !EXPECTED.includes(file));
      const hints = join(path, "read.json");
      const read = existsSync(hints) ? JSON.parse(readFileSync(hints, "utf8")) : {};
      return seedOf([join(path, name)], read);
    });
}

/** Files of traces, those of one recording together. */
function recordingsIn(folder) {
  const sets = new Map();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const stem = /^(.*?)(?:\.log|\.txt(?:\.gz)?|\.iolog|\.xz|\.blktrace\.\d+)$/.exec(path)?.[1];
    if (stem !== undefined && !/\.(?:out|script)$/.test(stem)) sets.set(stem, [...(sets.get(stem) ?? []), path]);
  }
  return [...sets.values()].map((paths) =>
    seedOf(
      paths.map((path) => join(folder, path)),
      {},
    ),
  );
}

function seedOf(paths, read) {
  const files = paths.map((path) => ({ name: basename(path).replace(/\.gz$/, ""), bytes: shortened(path) }));
  return { from: dirname(paths[0]), files, read };
}

function shortened(path) {
  const whole = new Uint8Array(readFileSync(path));
  const bytes = path.endsWith(".gz") ? new Uint8Array(gunzipSync(whole)) : whole;
  // Parquet begins at its end, and xz is nothing without it.
  return /\.(?:parquet|xz)$/.test(path) ? bytes : bytes.subarray(0, MOST_BYTES);
}
