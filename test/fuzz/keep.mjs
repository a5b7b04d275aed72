import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes what was found as a folder. One of a single trace has the form of those in test/broken, and can be moved there;
 * of what was handed over beside it, fault.txt says what happened and how to make it again.
 */
export function keep(folder, { number, target, fault, files }, { seed }) {
  const path = join(folder, `${target}-${seed}-${number}`);
  mkdirSync(path, { recursive: true });
  for (const { name, bytes } of files) {
    const hints = target === "trace" && name.endsWith(".json") ? readOf(bytes) : null;
    if (hints === null) writeFileSync(join(path, name), bytes);
    else writeFileSync(join(path, "read.json"), `${hints}\n`);
  }
  const again = `node test/fuzz/run.mjs --seed ${seed} --first ${number} --inputs 1 --deep 1`;
  writeFileSync(join(path, "fault.txt"), `${fault}\n\n${again}\n`);
  return path;
}

function readOf(bytes) {
  return JSON.stringify(JSON.parse(Buffer.from(bytes).toString()).read);
}
