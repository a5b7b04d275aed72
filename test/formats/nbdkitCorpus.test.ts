import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { nbdkitLog } from "../../src/formats/nbdkit/index.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../support/inputs.ts";

/*
 * The same counts by another way: regular expressions over the whole text.
 * Over every captured log where there are captures, else over the copies in this repository.
 */
const CAPTURES = "../shared/captures/nbdkit-log";
const OWN = ["test/golden/formats", "traces"];
const logs = (existsSync(CAPTURES) ? [CAPTURES] : OWN).flatMap(logsBelow).sort();

function logsBelow(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
  return paths.filter((path) => path.endsWith(".log") && readFileSync(path, "latin1").includes("Ready thread_model="));
}

const ACTION_OF = { read: "Read", write: "Write", discard: "Trim", writeZeroes: "Zero", flush: "Flush" } as const;

function countByText(text: string, action: string): { count: number; bytes: number; fua: number } {
  const enters = [...text.matchAll(new RegExp(`^\\S+ \\S+ connection=\\d+ ${action} id=\\d+.*$`, "gm"))].map(
    ([l]) => l,
  );
  const bytes = enters.map((line) => Number(/ count=(0x[0-9a-f]+)/.exec(line)?.[1] ?? 0));
  return {
    count: enters.length,
    bytes: bytes.reduce((a, b) => a + b, 0),
    fua: enters.filter((l) => l.includes("fua=1")).length,
  };
}

function countByReader({ requests }: PlainTrace, op: string): { count: number; bytes: number; fua: number } {
  const rows = requests.filter((request) => request.op === op);
  return {
    count: rows.length,
    bytes: rows.reduce((total, { lengthBytes }) => total + lengthBytes, 0),
    fua: rows.filter(({ flags }) => flags === 1).length,
  };
}

it("has logs to compare", () => expect(logs.length).toBeGreaterThan(3));

describe.each(logs)("%s", (path) => {
  const bytes = readFileSync(path);
  const text = bytes.toString("latin1");
  const name = basename(dirname(path));

  it("is an nbdkit log", () => expect(detect(headOf(name, bytes)).format).toBe(nbdkitLog));

  it("holds the requests that its text holds", async () => {
    const trace = await readAll(nbdkitLog, [inputFromBytes(name, bytes, 4096)]);
    for (const [op, action] of Object.entries(ACTION_OF))
      expect(countByReader(trace, op), op).toEqual(countByText(text, action));
    expect(trace.end.quality.notUnderstood).toBe(0);
    expect(trace.end.quality.records).toBe(text.trimEnd().split("\n").length);
  });

  it("pairs every return with its request", async () => {
    const { requests, completions, end } = await readAll(nbdkitLog, [inputFromBytes(name, bytes)]);
    const { unmatchedIssues, unmatchedCompletions, implausibleLatencies } = end.quality;
    expect({ unmatchedIssues, unmatchedCompletions, implausibleLatencies }).toEqual({
      unmatchedIssues: 0,
      unmatchedCompletions: 0,
      implausibleLatencies: 0,
    });
    expect(completions.length).toBe(requests.length);
    expect(completions.filter(({ error }) => error === 5).length).toBe(text.split("error=EIO").length - 1);
  });
});
