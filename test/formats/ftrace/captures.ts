import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { detect } from "../../../src/formats/detect.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";

const ROOT = join(import.meta.dirname, "../../..");
const GOLDEN = join(ROOT, "test/golden/formats");
const ALL = join(ROOT, "../shared/captures/vm");

/** The committed texts of events. */
export const goldenTexts: readonly string[] = readdirSync(GOLDEN)
  .filter((name) => /^(ftrace|trace-cmd|perf-script)/.test(name))
  .map((name) => join(GOLDEN, name, readdirSync(join(GOLDEN, name)).find((file) => file.endsWith(".txt"))!));

/** A recording that was seen by ftrace and blktrace. */
export interface Recording {
  readonly name: string;
  readonly text: string;
  readonly blktraceFiles: readonly string[];
}

/** What the collection holds, where it lies beside the project. */
export const recordings: readonly Recording[] = foldersBelow(ALL)
  .flatMap(foldersBelow)
  .flatMap((folder) => {
    const text = join(folder, "ftrace.txt");
    const blktraceFiles = readdirSync(folder).filter((name) => /\.blktrace\.\d+$/.test(name));
    if (!existsSync(text) || blktraceFiles.length === 0) return [];
    return [{ name: basename(folder), text, blktraceFiles: blktraceFiles.map((name) => join(folder, name)) }];
  });

/** The same trace.dat, as three settings of `trace-cmd report` print it. */
export const reports = {
  microseconds: join(ALL, "boot-G/46-trace-cmd/report.txt"),
  nanoseconds: join(ALL, "boot-G/46-trace-cmd/report-l-t.txt"),
  fields: join(ALL, "boot-G/46-trace-cmd/report-raw.txt"),
};

export function textOf(path: string): string {
  return readFileSync(path, "utf8");
}

/** What a text says, read as the format that recognises it. */
export async function readText(path: string): Promise<PlainTrace> {
  const bytes = new Uint8Array(readFileSync(path));
  const { format, reason } = detect(headOf(basename(path), bytes));
  if (format === null) throw new Error(reason);
  return readAll(format, [inputFromBytes(basename(path), bytes, 65536)], { batchRows: 4096 });
}

function foldersBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => join(folder, name));
}
