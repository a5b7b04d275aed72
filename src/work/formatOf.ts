import { detect } from "../formats/detect.ts";
import type { Compression } from "../io/compression/compression.ts";
import type { SourceFile } from "../io/discover.ts";
import { head } from "../io/fileInput.ts";
import type { ReadHints } from "../model/format.ts";

/** What the content of a trace's files says they are; `file` is the one that was looked into, null where all are empty. */
export interface Recognised {
  readonly file: string | null;
  readonly format: string | null;
  readonly reason: string;
  /** What the side file has to say before it can be read. */
  readonly needs: readonly string[];
  readonly compression: Compression | null;
}

/** The format of the first file that has any bytes: a CPU may have recorded nothing. */
export async function formatOf(files: readonly SourceFile[], hints: ReadHints = {}): Promise<Recognised> {
  for (const { path, name } of files) {
    const start = await head(path, name);
    if (start.bytes.length === 0 && start.complete) continue;
    const { compression } = start;
    if (start.bytes.length === 0) {
      const reason = `its ${compression} data is cut off before it gives anything`;
      return { file: name, format: null, reason, needs: [], compression };
    }
    const detected = detect(start, hints);
    const needs = detected.format === null ? [] : detected.needs;
    return { file: name, format: detected.format?.id ?? null, reason: detected.reason, needs, compression };
  }
  return { file: null, format: null, reason: "the file is empty", needs: [], compression: null };
}
