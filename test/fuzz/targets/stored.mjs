import { changedBytes } from "../mutate/bytes.mjs";
import { changedJson } from "../mutate/json.mjs";
import { utf8 } from "../mutate/pieces.mjs";
import { RULES } from "./gates.mjs";

/** Traces whose Summaries are stored: of several scopes, without a clock, with two levels of devices, with processes. */
const TRACES = [
  "traces/guestfish/write-hello.log",
  "test/golden/formats/qtr-one-write-marked/disk.qtr",
  "test/golden/formats/blkparse-lvm/lv.txt",
  "test/golden/formats/bpftrace-three-drivers/disk.bpftrace",
];
const SOURCES = {
  schema: "blkreport/sources/1",
  config: { title: "Block traces", gates: RULES },
  notices: ["1 file is no trace"],
  traces: ["disk.qtr"],
  bases: [],
};
const BROKEN = {
  schema: "blkreport/broken/1",
  path: "disk.qtr",
  message: 'disk.qtr:3: invalid number "x"; record it again',
  place: "disk.qtr:3",
  what: 'invalid number "x"',
  cure: "record it again",
  files: [{ name: "disk.qtr", bytes: 12 }],
};

/** Stored Summaries, as `diff` and `build --from` take them. */
export async function summaryTarget({ program }) {
  const texts = [];
  for (const path of TRACES) texts.push(textOf(await program.summarize(path)));
  return {
    id: "summary",
    weight: 1,
    inputOf: (rnd) => {
      const bytes = rnd.oneOf(texts);
      const changed = rnd.once(16) ? changedBytes(bytes, rnd, bytes) : changedJson(bytes, rnd, { likely: true });
      return [{ name: "summary.json", bytes: changed }];
    },
    run: (program, { written, isDeep }) => program.showStored(written()[0], isDeep),
  };
}

/** What else lies in a folder of Summaries. */
export function storedTarget() {
  const files = [
    { name: "sources.json", bytes: textOf(SOURCES) },
    { name: "broken.json", bytes: textOf(BROKEN) },
  ];
  return {
    id: "stored",
    weight: 1,
    inputOf: (rnd) => {
      const at = rnd.below(files.length);
      const { name, bytes } = files[at];
      const changed = rnd.once(8) ? changedBytes(bytes, rnd, bytes) : changedJson(bytes, rnd, { likely: true });
      return files.with(at, { name, bytes: changed });
    },
    run: (program, { writtenFolder }) => program.openStored(writtenFolder()),
  };
}

/** The list of published files in an output folder. */
export function manifestTarget() {
  const bytes = textOf({ schema: "blkreport/manifest/1", files: { "index.html": "ab".repeat(32), "a/b.svg": "c" } });
  return {
    id: "manifest",
    weight: 1,
    inputOf: (rnd) => {
      const changed = rnd.once(4) ? changedBytes(bytes, rnd, bytes) : changedJson(bytes, rnd, { likely: false });
      return [{ name: ".blkreport-manifest.json", bytes: changed }];
    },
    run: (program, { writtenFolder }) => program.readManifest(writtenFolder()),
  };
}

function textOf(value) {
  return utf8(JSON.stringify(value));
}
