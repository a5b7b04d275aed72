import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blkreport, emptyFolder, ROOT } from "../support/site.ts";

const QTR = "S 2048\nR 0 8\nR 2 1\nR 21 1\nR 15 1\nR 2 1\nW 63 8\nR 2 1\nR 15 1\nR 21 1\nR 2 1\nR 8 8\n";

const NBDKIT = [0, 1000, 2500]
  .flatMap((us, i) => [
    `2026-11-22 10:00:00.${String(100_000 + us)} connection=1 Read id=${i + 1} offset=0x${i}000 count=0x1000 ...`,
    `2026-11-22 10:00:00.${String(100_200 + us)} connection=1 ...Read id=${i + 1} return=0 (Success)`,
  ])
  .join("\n")
  .concat("\n");

async function file(name: string, content: string): Promise<string> {
  const path = join(await emptyFolder("commands"), name);
  await writeFile(path, content);
  return path;
}

describe("a pipe that is named as a file", () => {
  it("is read as what comes through it, though it can be read once only", async () => {
    const pipe = join(await emptyFolder("commands"), "trace");
    execFileSync("mkfifo", [pipe]);
    const writing = writeFile(pipe, QTR);
    const { status, stdout } = await blkreport(["summary", pipe]);
    await writing;
    expect([status, JSON.parse(stdout).sequence.requests.length]).toEqual([0, 11]);
  });
});

describe("a standard output that is full", () => {
  it("is said without a stack", async () => {
    const path = await file("disk.qtr", QTR);
    const command = `exec "${process.execPath}" dist/bundle/main.js show "${path}" > /dev/full`;
    const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: ROOT, encoding: "utf8" });
    expect([status, stderr]).toEqual([1, "blkreport: standard output: ENOSPC; send it to another place\n"]);
  });
});

describe("blkreport", () => {
  it("without a command says what it is", async () => {
    const { status, stdout } = await blkreport([]);
    expect(status).toBe(0);
    expect(stdout).toContain("usage: blkreport COMMAND");
  });

  it.each(["build", "summary", "show"])("%s --help says how to use it", async (command) => {
    const { status, stdout } = await blkreport([command, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`usage: blkreport ${command}`);
  });

  it.each([
    [["polish"], 'unknown command "polish"'],
    [["build", "--frobnicate"], "--frobnicate"],
    [["build", "--jobs", "none"], 'invalid --jobs "none"'],
    [["summary"], "missing TRACE"],
    [["show"], "missing TRACE"],
  ])("%j is a wrong question: exit 2", async (args, message) => {
    const { status, stderr, stdout } = await blkreport(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
  });
});

describe("blkreport summary", () => {
  it("gives the figures as JSON", async () => {
    const { status, stdout } = await blkreport(["summary", await file("a.qtr", QTR)]);
    expect(status).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary.schema).toBe("blkreport/summary/1");
    expect(summary.defaultScope).toBe("marked");
    expect(summary.scopes.whole.requests.value.total).toBe(11);
    expect(summary.scopes.marked.requests.value).toMatchObject({
      total: 1,
      byOp: { write: { count: 1, bytes: 4096 } },
    });
  });

  it("reads standard input, whatever the size of its pieces", async () => {
    const child = spawn(process.execPath, [join(ROOT, "dist/bundle/main.js"), "summary", "-"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    for (const line of QTR.split(/(?<=\n)/)) child.stdin.write(line);
    child.stdin.end();
    let text = "";
    for await (const piece of child.stdout) text += piece;
    expect(JSON.parse(text).scopes.whole.requests.value.total).toBe(11);
  });

  it("with --text says the sentence and the key figures", async () => {
    const { stdout } = await blkreport(["summary", "--text", await file("a.qtr", QTR)]);
    expect(stdout).toContain("1 write");
    expect(stdout).toContain("unaligned");
  });

  it("takes a per-CPU set by its name or by any of its files", async () => {
    const set = join(ROOT, "traces/filesystems/xfs-fstrim");
    const totals = await Promise.all(
      [set, `${set}.blktrace.1`].map(
        async (path) => JSON.parse((await blkreport(["summary", path])).stdout).scopes.whole,
      ),
    );
    expect(totals[0].requests).toEqual(totals[1].requests);
    expect(totals[0].requests.value.byOp.discard.count).toBeGreaterThan(0);
  });

  it("takes all files of a set, as a shell's pattern names them, for the one trace that they are", async () => {
    const set = join(ROOT, "traces/databases/sqlite-wal");
    const files = [`${set}.blktrace.0`, `${set}.blktrace.1`];
    const [one, both] = await Promise.all([[set], files].map((names) => blkreport(["summary", ...names])));
    expect([both!.status, both!.stdout]).toEqual([0, one!.stdout]);
    for (const command of [["show"], ["convert", "--to", "csv"], ["detect"]]) {
      const { status, stdout } = await blkreport([...command, ...files]);
      const alone = await blkreport([...command, files[0]!]);
      expect([command, status, stdout]).toEqual([command, 0, alone.stdout]);
    }
  });

  it("names a file that no format recognises: exit 1", async () => {
    const { status, stderr } = await blkreport(["summary", await file("milk.txt", "buy milk\n")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/milk\.txt: (unknown|unsupported|invalid) .*; /);
  });

  it("names a file that is not there: exit 1", async () => {
    const { status, stderr } = await blkreport(["summary", "/nowhere/a.qtr"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/nowhere\/a\.qtr: missing/);
  });
});

describe("a window of time", () => {
  const set = join(ROOT, "traces/databases/sqlite-wal");
  const totalOf = async (...args: string[]) =>
    JSON.parse((await blkreport(["summary", ...args])).stdout).scopes.whole.requests.value.total;

  it("limits summary and show to the same requests", async () => {
    const { stdout } = await blkreport(["show", "--from", "200ms", "--to", "0.5s", set]);
    const all = (await blkreport(["show", set])).stdout.split("\n");
    const inside = all.filter((line, i) => i === 0 || isBetween(Number(line.trim().split(/\s+/)[1]), 0.2, 0.5));
    expect(stdout.trimEnd().split("\n")).toEqual(inside);
    expect(inside.length).toBeGreaterThan(100);
    expect(await totalOf("--from", "200ms", "--to", "0.5s", set)).toBe(inside.length - 1);
    expect(await totalOf("--from", "200ms", "--until", "0.5s", set)).toBe(inside.length - 1);
  });

  it("is said in the text", async () => {
    const { stdout } = await blkreport(["summary", "--text", "--from", "0.2", "--to", "0.5", set]);
    expect(stdout).toContain("200 ms to 500 ms of 599 ms: 250 of 326 requests");
  });

  it("comes from the side file where the command line names none, for convert too", async () => {
    const path = await file("a.log", NBDKIT);
    await writeFile(`${path}.json`, JSON.stringify({ window: { fromNs: 1_000_000 } }));
    expect(await totalOf(path)).toBe(2);
    expect(await totalOf("--to", "1ms", path)).toBe(1);
    const { stdout } = await blkreport(["convert", path, "--to", "csv"]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1 + 2);
  });

  it.each([
    [["summary", "--from", "2", "--to", "1", "x"], 2, "invalid --to: it does not lie after --from"],
    [["show", "--to", "2", "--until", "2", "x"], 2, "--to and --until say the same"],
    [["summary", "--from", "soon", "x"], 2, 'invalid --from "soon"'],
    [["summary", "--from", "2s", "QTR"], 1, "unsupported window of time; this trace has no clock"],
    [["show", "--from", "2s", "QTR"], 1, "unsupported window of time; this trace has no clock"],
  ])("%j cannot be answered: exit %i", async (args, expected, message) => {
    const path = await file("a.qtr", QTR);
    const { status, stderr } = await blkreport(args.map((word) => (word === "QTR" || word === "x" ? path : word)));
    expect([status, stderr]).toEqual([expected, expect.stringContaining(message)]);
  });
});

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value < to;
}

describe("blkreport show", () => {
  it("prints one line a request, with its class and its span", async () => {
    const { status, stdout } = await blkreport(["show", await file("a.qtr", QTR)]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(1 + 11);
    expect(lines[6]!.trim().split(/\s{1,}/)).toEqual(["5", "#5", "write", "63", "8", "unaligned", "disk", "qtrace"]);
    expect(lines[1]).not.toContain("qtrace");
  });

  it("obeys no escape sequence that stands in a trace's name", async () => {
    const folder = join(await emptyFolder("escape"), "\u001b[31mred");
    await mkdir(folder);
    await writeFile(join(folder, "a.qtr"), "S none\n");
    const { stderr } = await blkreport(["show", join(folder, "a.qtr")]);
    expect(stderr).not.toContain("\u001b");
  });
});
