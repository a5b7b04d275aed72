/**
 * Measures blkreport on this machine, beside the programs that engineers use today, and writes RESULTS.md.
 *
 *     npm run bench                    every part
 *     npm run bench -- events text     these parts; the others keep their figures
 *     npm run bench -- qtr msr         how fast these formats are read; nothing is written
 *     --large    with 100 million events (5 GB of room in the temporary folder, and an hour)
 *     --quick    small inputs, each measured once: whether everything runs; nothing is written
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { circumstances } from "./machine.mjs";
import { charts } from "./parts/charts.mjs";
import { events } from "./parts/events.mjs";
import { readers } from "./parts/readers.mjs";
import { scale } from "./parts/scale.mjs";
import { site } from "./parts/site.mjs";
import { text } from "./parts/text.mjs";
import { together } from "./parts/together.mjs";
import { keepResults, sectionText } from "./results.mjs";

const PARTS = [events, together, text, readers, charts, site, scale];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { large: { type: "boolean", default: false }, quick: { type: "boolean", default: false } },
});
const parts = PARTS.filter(({ id }) => positionals.includes(id));
const formats = positionals.filter((word) => !PARTS.some(({ id }) => id === word));
const wanted = positionals.length === 0 ? PARTS : formats.length === 0 ? parts : [...new Set([...parts, readers])];
const isKept = !values.quick && formats.length === 0;

for (const part of wanted) {
  const folder = mkdtempSync(join(tmpdir(), `blkreport-bench-${part.id}-`));
  const options = { ...values, folder, formats, runs: values.quick ? 1 : 5 };
  try {
    const section = sectionText(part.title, circumstances(options), await part.run(options));
    console.log(section);
    if (isKept)
      keepResults(
        [[part.title, section]],
        PARTS.map(({ title }) => title),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
