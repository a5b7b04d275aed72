import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readFoundText } from "../../io/textFile.ts";
import { type Composed, composed } from "../../layout/compose.ts";
import { factsOfFolder, isKept, KEPT_FILES } from "../../layout/folder.ts";
import { TraceError } from "../../model/errors.ts";

/** What the tools printed into the files of a folder; `name` is how the trace calls the disk of an image. */
export async function layoutOfFolder(folder: string, name: string | null): Promise<Composed> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new TraceError({ file: folder }, "missing", "folder", "check its name");
  const names = readdirSync(folder).filter(isKept).sort();
  if (names.length === 0) {
    const some = KEPT_FILES.slice(0, 3).map(([kept]) => kept);
    throw new TraceError(
      { file: folder },
      "missing",
      `files such as ${some.join(", ")}`,
      "blkreport layout --help lists them",
    );
  }
  const files = names.map((file) => ({ name: file, text: readFoundText(join(folder, file), join(folder, file)) }));
  const { facts, notes } = await factsOfFolder(files, name);
  const result = composed(facts);
  return { layout: result.layout, notes: [...notes, ...result.notes] };
}
