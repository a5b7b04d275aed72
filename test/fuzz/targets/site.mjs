import { readFileSync } from "node:fs";
import { changedBytes } from "../mutate/bytes.mjs";
import { changedJson } from "../mutate/json.mjs";
import { utf8 } from "../mutate/pieces.mjs";
import { RULES } from "./gates.mjs";

const EVERY_KEY = {
  title: "Block traces",
  url: "https://example.org/traces",
  pathPrefix: "/traces/",
  comparisons: [["before", "after"]],
  gates: RULES,
  include: ["**/*.qtr", "a/{b,c}/[x-z]?"],
  exclude: ["old/**"],
};
const TRACE = "test/golden/formats/qtr-one-write-marked/disk.qtr";

/** traces/blkreport.json, beside a trace. */
export function siteTarget() {
  const texts = [utf8(JSON.stringify(EVERY_KEY)), new Uint8Array(readFileSync("traces/blkreport.json"))];
  const trace = { name: "disk.qtr", bytes: readFileSync(TRACE) };
  return {
    id: "site",
    weight: 1,
    inputOf: (rnd) => {
      const bytes = rnd.once(5) ? texts[1] : texts[0];
      const changed = rnd.once(8) ? changedBytes(bytes, rnd, bytes) : changedJson(bytes, rnd, { likely: true });
      return [{ name: "blkreport.json", bytes: changed }, trace];
    },
    run: (program, { writtenFolder, isDeep }) => program.showSite(writtenFolder(), isDeep),
  };
}
