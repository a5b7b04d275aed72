import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";

const ROOT = join(import.meta.dirname, "../../..");
const COMMITTED = join(ROOT, "test/golden/blktrace");
const ALL = join(ROOT, "../shared/captures/vm");

/** A recording: its per-CPU files, and what blkparse and btt made of them. */
export interface Capture {
  readonly name: string;
  readonly files: readonly string[];
  readonly text: string | null;
  readonly dump: string | null;
  readonly btt: string | null;
}

/** The committed recordings, and all there are where the collection lies beside the project. */
export const captures: readonly Capture[] = [
  ...foldersOf(COMMITTED),
  ...(existsSync(ALL)
    ? foldersOf(ALL)
        .filter((boot) => basename(boot).startsWith("boot-"))
        .flatMap(foldersOf)
    : []),
].flatMap(capturesOf);

/** A recording by its name. */
export function capture(name: string): Capture {
  const found = captures.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no capture ${name}`);
  return found;
}

const traces = new Map<string, Promise<PlainTrace>>();

/** What files say as one trace; each is read once. */
export function readFiles(files: readonly string[]): Promise<PlainTrace> {
  const key = files.join();
  const inputs = () => files.map((file) => inputFromBytes(basename(file), bytesOf(file), 65536));
  const trace = traces.get(key) ?? readAll(blktrace, inputs(), { batchRows: 4096 });
  traces.set(key, trace);
  return trace;
}

export function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(file));
}

export function textOf(file: string): string {
  return readFileSync(file, "utf8");
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/** A folder is one recording, but for the folder that holds several of one device: those have names of their own. */
function capturesOf(folder: string): Capture[] {
  const names = readdirSync(folder).filter((name) => /\.blktrace\.\d+$/.test(name));
  const several = new Set(names.map((name) => name.split(".")[0])).has("full");
  const sets = several ? [...new Set(names.map((name) => name.split(".")[0]!))] : [""];
  const pipe = existing(join(folder, "pipe.bin"));
  const piped = { name: `${basename(folder)}/pipe`, dump: null, btt: null };
  return sets
    .map(
      (set): Capture => ({
        name: `${basename(folder)}${set && `/${set}`}`,
        files: names.filter((name) => name.startsWith(set)).map((name) => join(folder, name)),
        // blkparse 1.2.0 leaves out every event that has a cgroup id.
        text: folder.endsWith("-cgroup") ? null : existing(join(folder, set ? `${set}.txt` : "blkparse.txt")),
        dump: existing(join(folder, set ? `${set}.merged.bin` : "merged.bin")),
        btt: existing(join(folder, set ? `${set}-btt.txt` : "btt.txt")),
      }),
    )
    .concat(pipe ? [{ ...piped, files: [pipe], text: join(folder, "pipe-blkparse.txt") }] : [])
    .filter(({ files }) => files.length > 0);
}

function existing(file: string): string | null {
  return existsSync(file) ? file : null;
}
