import { statSync } from "node:fs";
import { join } from "node:path";
import { formatById } from "../../formats/index.ts";
import { discover } from "../../io/discover.ts";
import { eachOnce, type NamedSource } from "../../io/named.ts";
import { TraceError } from "../../model/errors.ts";
import { CARRIED, type Carried } from "../../model/format.ts";
import { COLUMN } from "../../report/pages/guide/columns.ts";
import { formatOf } from "../../work/formatOf.ts";
import { type Outcome, outcomeOf } from "../../work/outcome.ts";
import { type Command, UsageError } from "../command.ts";
import { writeLine } from "../terminal.ts";
import { readSideFile, withSource } from "../traceArgument.ts";

/** What --json says of one trace. */
interface Detected {
  readonly name: string;
  /** The id of the format; null where none takes it. */
  readonly format: string | null;
  readonly title: string | null;
  readonly reason: string;
  readonly compression: string | null;
  /** What the format does not record, and what only some of its traces do. */
  readonly notRecorded: readonly Carried[];
  readonly inPart: readonly Carried[];
  /** What the key "read" of the side file has to say before it can be read. */
  readonly needs: readonly string[];
}

export const detect: Command = {
  help: `
A FILE may also be the name of a per-CPU set (sda for sda.blktrace.0, .1 …), a folder, which stands for every file
in it, or - for standard input. What a file is, is told by its content and by the key "read" of its side file
(FILE.json). Exit status 0 means that each of them has a format and needs no more from its side file.

  --json   one line of JSON for each trace

  blkreport detect --json traces | jq -r 'select(.format == null) | "\\(.name): \\(.reason)"'
`,
  options: { json: { type: "boolean" } },
  async run({ json }, words) {
    if (words.length === 0) throw new UsageError("missing FILE; see blkreport detect --help");
    let unread = 0;
    for (const name of eachOnce(words.flatMap(namesIn))) {
      const detected = asDetected(name, await outcomeOf(name, () => withSource(name, detectSource)));
      if (detected.format === null || detected.needs.length > 0) unread++;
      if (json) process.stdout.write(`${JSON.stringify(detected)}\n`);
      else for (const line of linesOf(detected)) writeLine(process.stdout, line);
    }
    return unread > 0 ? 1 : 0;
  },
};

/** A folder stands for the traces in it. */
function namesIn(word: string): readonly string[] {
  if (!statSync(word, { throwIfNoEntry: false })?.isDirectory()) return [word];
  const { sources, notices } = discover(word);
  for (const notice of notices) writeLine(process.stderr, `blkreport: ${join(word, notice)}`);
  if (sources.length === 0) throw new TraceError({ file: word }, "missing", "files in the folder", "name another one");
  return sources.map(({ path }) => join(word, path));
}

async function detectSource({ name, files, sideFile }: NamedSource): Promise<Detected> {
  const found = await formatOf(files, readSideFile(sideFile).read);
  if (found.format === null) return unknownTrace(name, found.reason, found.compression);
  const { id, title, carries } = formatById(found.format);
  const { reason, compression, needs } = found;
  const carried = (value: boolean | "some") => CARRIED.filter((one) => carries[one] === value);
  return { name, format: id, title, reason, compression, notRecorded: carried(false), inPart: carried("some"), needs };
}

/** A file that cannot be opened, decompressed or described is not known either. */
function asDetected(name: string, outcome: Outcome<Detected>): Detected {
  if (outcome.ok) return outcome.value;
  const { place, what, cure, message } = outcome.failure;
  return unknownTrace(name, place === name ? `${what}; ${cure}` : message, null);
}

function unknownTrace(name: string, reason: string, compression: string | null): Detected {
  return { name, format: null, title: null, reason, compression, notRecorded: [], inPart: [], needs: [] };
}

function linesOf({ name, format, title, reason, compression, notRecorded, inPart, needs }: Detected): string[] {
  const packed = compression === null ? "" : `, compressed with ${compression}`;
  if (format === null) return [`${name}: no trace that can be read${packed}: ${reason}`];
  const lacks = [
    notRecorded.length === 0 ? "" : `not recorded: ${titlesOf(notRecorded)}`,
    inPart.length === 0 ? "" : `only in part: ${titlesOf(inPart)}`,
  ].filter((text) => text !== "");
  return [
    `${name}: ${title} (${format})${packed}: ${reason}`,
    ...(lacks.length === 0 ? [] : [`  ${lacks.join("; ")}`]),
    ...(needs.length === 0 ? [] : [`  its side file has to say first: "read": { ${needs.join(", ")} }`]),
  ];
}

function titlesOf(carried: readonly Carried[]): string {
  return carried
    .map((one) => COLUMN[one].title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()))
    .join(", ");
}
