#!/usr/bin/env node
import { type ParseArgsConfig, parseArgs } from "node:util";
import { fileTrouble } from "../io/fileTrouble.ts";
import { TraceError } from "../model/errors.ts";
import { type Command, type CommandEntry, UsageError } from "./command.ts";
import { commandHelp, generalHelp, version } from "./help.ts";
import { writeLine } from "./terminal.ts";

/** Every command, in the order of the help. To add one: a file in commands/, and an entry here. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: "capture",
    usage: "--via WAY --name NAME [--disk FILE [--create SIZE] | --device /dev/X] [--mark TEXT] -- COMMAND…",
    does: "run a command and record what it does to a disk: a trace, its side file, its layout",
    load: async () => (await import("./commands/capture.ts")).capture,
  },
  {
    name: "build",
    usage: "[--traces DIR | --from DIR…] [--base DIR] [--gate FILE] [--output DIR] [--jobs N] [--strict]",
    does: "publish the traces of a folder as a static web site",
    load: async () => (await import("./commands/build.ts")).build,
  },
  {
    name: "summary",
    usage: "[--text] [--from T] [--to T] TRACE… | --traces DIR [--shard K/N] -o DIR",
    does: "print the figures of traces as JSON",
    load: async () => (await import("./commands/summary.ts")).summary,
  },
  {
    name: "detect",
    usage: "[--json] FILE…",
    does: "say what files are, and what their traces lack",
    load: async () => (await import("./commands/detect.ts")).detect,
  },
  {
    name: "show",
    usage: "[--from T] [--to T] TRACE",
    does: "print a trace by hand: one line a request",
    load: async () => (await import("./commands/show.ts")).show,
  },
  {
    name: "diff",
    usage: "A B [--format FORMAT] [--gate FILE] [--scope S] [--exit-code]",
    does: "say what changed from trace A to trace B, and hold it to rules",
    load: async () => (await import("./commands/diff.ts")).diff,
  },
  {
    name: "render",
    usage: "TRACE [B] CHART [-o FILE] [--theme T] [--width N] [--scale N] [--scope S] [--from T] [--to T]",
    does: "draw one chart of a trace, or of two compared, as SVG or PNG",
    load: async () => (await import("./commands/render.ts")).render,
  },
  {
    name: "convert",
    usage: "TRACE --to FORMAT [-o FILE] [--scope S] [--from T] [--until T] [--anonymize]",
    does: "write a trace, or a part of it, as qtr, fio-iolog, csv or parquet",
    load: async () => (await import("./commands/convert.ts")).convert,
  },
  {
    name: "layout",
    usage: "IMAGE | --from DIR [-o FILE] [--device NAME…]",
    does: "say what lies where on a disk, so that requests of its trace have names",
    load: async () => (await import("./commands/layout.ts")).layout,
  },
];

/** Set, it shows where in the program a fault of it lies. */
const SHOW_PLACES = "BLKREPORT_DEBUG";

async function main(words: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = words;
  if (name === "--help" || name === "-h" || name === "help") return print(generalHelp(COMMANDS));
  if (name === "--version") return print(version());
  const entry = COMMANDS.find((candidate) => candidate.name === name);
  if (!entry) throw new UsageError(`unknown command "${name}"; blkreport --help lists them`);
  const command = await entry.load();
  const { values, positionals } = parse(name, command, rest);
  if (values["help"]) return print(commandHelp(entry, command));
  return command.run(values, positionals);
}

function parse(name: string, command: Command, args: string[]) {
  const options: ParseArgsConfig["options"] = { ...command.options, help: { type: "boolean", short: "h" } };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const what = (error as Error).message.split(". ")[0] ?? "";
    throw new UsageError(`${what.charAt(0).toLowerCase()}${what.slice(1)}; see blkreport ${name} --help`);
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function explain(error: unknown): number {
  const known = error instanceof TraceError || error instanceof UsageError ? error : fileTrouble(error);
  if (known !== null) {
    writeLine(process.stderr, `blkreport: ${known.message}`);
    return known instanceof UsageError ? 2 : 1;
  }
  const [first, ...places] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split("\n");
  const cure = process.env[SHOW_PLACES] ? "" : `; please report it with what ${SHOW_PLACES}=1 adds to this`;
  writeLine(process.stderr, `blkreport: this is a fault of blkreport: ${first}${cure}`);
  if (process.env[SHOW_PLACES]) for (const line of places) writeLine(process.stderr, line);
  return 1;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  writeLine(process.stderr, `blkreport: standard output: ${error.code ?? error.message}; send it to another place`);
  process.exit(1);
});
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = explain(error);
}
