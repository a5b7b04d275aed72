import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/formats/index.ts";
import type { Format } from "../../src/model/format.ts";
import { checkedJson } from "../../src/report/checkedJson.ts";
import { SideFile } from "../../src/report/sideFile.ts";
import { unusedHints } from "../../src/report/unusedHints.ts";

/** Each tool of the guides with what prints its options. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  blktrace: ["--help"],
  blkparse: ["--help"],
  fio: ["--cmdhelp=all"],
  nbdkit: ["--help"],
  "qemu-nbd": ["--help"],
  "qemu-system-x86_64": ["--help"],
  bpftrace: ["--help"],
  "perf record": ["-h"],
  "perf script": ["-h"],
  "trace-cmd record": ["-h"],
  "trace-cmd report": ["-h"],
};

const COMMANDS = FORMATS.flatMap((format: Format) =>
  format.guide.record.map(({ commands }) => ({ id: format.id, format, commands: commands.replaceAll("\\\n", " ") })),
);
const SIDE_FILE = /\{\s*"(?:read|devices)":[\s\S]*\}/;

/** What a shell reads: no side file alone, and no script of bpftrace. */
const isShell = (commands: string) => !/^\s*[{]/.test(commands) && !commands.includes("kfunc:");

describe.each(COMMANDS)("the guide of $id", ({ format, commands }) => {
  it.runIf(isShell(commands))("has commands that a shell can read", () => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: commands, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });

  it.runIf(SIDE_FILE.test(commands))("has side files that are taken, and that say nothing in vain", () => {
    const side = checkedJson<SideFile>(SideFile, SIDE_FILE.exec(commands)![0], "side.json");
    expect(unusedHints(format, side.read)).toEqual([]);
  });
});

describe.each(Object.entries(TOOLS))("%s", (tool, help) => {
  const [program, ...verb] = tool.split(" ");
  const { error, stdout, stderr } = spawnSync(program!, [...verb, ...help], { encoding: "utf8" });
  const lines = COMMANDS.flatMap(({ commands }) => commands.split(/[\n;]/)).filter((line) => lineOf(tool).test(line));

  it("is in a guide", () => expect(lines.length).toBeGreaterThan(0));

  it.skipIf(error !== undefined)("knows the options that the guides give it, where it is installed", () => {
    const known = new Set(`${stdout}${stderr}`.match(/(?<![\w-])-{0,2}[a-zA-Z]\w*(?:-\w+)*/g));
    for (const line of lines)
      for (const option of optionsIn(line, tool))
        expect([line, known.has(option) || (tool === "fio" && known.has(option.slice(2)))]).toEqual([line, true]);
  });
});

function lineOf(tool: string): RegExp {
  return new RegExp(`(?<![\\w./-])${tool} +\\S`);
}

/** The options of the tool itself; those behind -- are another program's. */
function optionsIn(line: string, tool: string): string[] {
  const words = line
    .slice(line.search(lineOf(tool)) + tool.length)
    .replace(/'[^']*'/g, "''")
    .split(/ -- /)[0]!;
  return [...words.matchAll(/(?<= )(-{1,2}[a-zA-Z][\w-]*)/g)].map(([option]) => option);
}
