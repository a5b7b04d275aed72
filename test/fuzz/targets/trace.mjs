import { CONTAINERS } from "../containers.mjs";
import { changedBytes } from "../mutate/bytes.mjs";
import { utf8 } from "../mutate/pieces.mjs";
import { changedLine } from "../mutate/text.mjs";
import { blktraceRecordsOf, changedUnits, linesOf, strides } from "../mutate/units.mjs";
import { traceSeeds } from "../seeds.mjs";

/** What the units of a binary trace are; others are lines. */
const UNITS = [
  [/\.blktrace\.\d+$/, blktraceRecordsOf],
  [/\.(?:bin|disk\.log)$/, strides(512)],
  [/\.vscsitrace$/, strides(32)],
  [/\.(?:simple|parquet|xz)$/, strides(8)],
];

/** Traces, as they are or compressed, with the side file that they need. */
export function traceTarget({ captures }) {
  const seeds = traceSeeds(captures);
  return {
    id: "trace",
    weight: 32,
    inputOf(rnd) {
      const seed = rnd.oneOf(seeds);
      const other = rnd.oneOf(rnd.oneOf(rnd.once(4) ? seeds : alike(seeds, seed)).files).bytes;
      const at = rnd.below(seed.files.length);
      const files = seed.files.map((file, i) => (i === at ? changedFile(file, rnd, other) : file));
      const side = Object.keys(seed.read).length === 0 ? [] : [sideFile(files[0].name, { read: seed.read })];
      return [...files, ...side];
    },
    run: (program, { files, written, isDeep }) =>
      isDeep ? program.summarizeAndShow(written()[0]) : program.read(files),
  };
}

export function sideFile(name, content) {
  return { name: `${name.replace(/\.blktrace\.\d+$/, "")}.json`, bytes: utf8(JSON.stringify(content)) };
}

function alike(seeds, { files: [{ name }] }) {
  const ending = /\.[a-z]+(?:\.\d+)?$/.exec(name)?.[0] ?? "";
  return seeds.filter(({ files }) => files[0].name.endsWith(ending));
}

function changedFile({ name, bytes }, rnd, other) {
  let changed = bytes;
  for (let n = 1 + rnd.below(5); n > 0; n--) changed = changedTrace(name, changed, rnd, other);
  if (!rnd.once(8)) return { name, bytes: changed };
  const packed = rnd.oneOf(Object.values(CONTAINERS))(changed);
  return { name, bytes: rnd.once(2) ? changedBytes(packed, rnd, other) : packed };
}

function changedTrace(name, bytes, rnd, other) {
  const unitsOf = UNITS.find(([ending]) => ending.test(name))?.[1];
  if (unitsOf === undefined && rnd.once(2)) return changedLine(bytes, rnd, other);
  return rnd.once(3) ? changedUnits(bytes, rnd, other, unitsOf ?? linesOf) : changedBytes(bytes, rnd, other);
}
