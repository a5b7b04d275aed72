import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { folder } from "../support/folders.ts";
import { blkreport, ROOT } from "../support/site.ts";

const QTR = "S 2048\nR 0 8\nW 63 8\n";
const SET = join(ROOT, "traces/filesystems/xfs-fstrim");

const lines = (text: string) => text.trimEnd().split("\n");
const documents = (text: string) => lines(text).map((line) => JSON.parse(line));

describe("blkreport detect", () => {
  it("says the format of a trace, why, and what it lacks", async () => {
    const path = join(folder({ "a.txt": QTR }), "a.txt");
    const { status, stdout } = await blkreport(["detect", path]);
    expect(status).toBe(0);
    const [first, second] = lines(stdout);
    expect(first).toMatch(/^.*a\.txt: .+ \(qtr\): \S/);
    expect(second).toMatch(/^ {2}not recorded: time, completion, .*CPU/);
  });

  it("says what only some traces of the format record", async () => {
    expect(lines((await blkreport(["detect", SET])).stdout)[1]).toBe(
      "  not recorded: disk size; only in part: write zeroes",
    );
  });

  it("says what a file is that no format takes: exit 1, whatever the others are", async () => {
    const root = folder({ "a.qtr": QTR, "btt.txt": "==================== All Devices ====================\n" });
    const { status, stdout } = await blkreport(["detect", join(root, "btt.txt"), join(root, "a.qtr")]);
    expect(status).toBe(1);
    expect(lines(stdout)[0]).toMatch(/btt\.txt: no trace that can be read: btt's statistics of a trace, .*; give /);
    expect(lines(stdout)[1]).toContain("a.qtr: ");
  });

  it("takes a folder for the traces in it, and a set for one", async () => {
    const root = folder({ "a/b.qtr": QTR, "notes.md": "milk\n" });
    for (const cpu of [0, 1])
      writeFileSync(join(root, `sda.blktrace.${cpu}.gz`), gzipSync(readFileSync(`${SET}.blktrace.${cpu}`)));
    const { status, stdout } = await blkreport(["detect", "--json", root]);
    expect(status).toBe(1);
    expect(documents(stdout)).toMatchObject([
      { name: join(root, "a/b.qtr"), format: "qtr", compression: null },
      { name: join(root, "notes.md"), format: null, title: null },
      { name: join(root, "sda"), format: "blktrace", compression: "gzip", inPart: ["writeZeroes"] },
    ]);
  });

  it("reads what the side file says of the format", async () => {
    const root = folder({ "a.qtr": QTR, "a.qtr.json": '{ "read": { "format": "nbdkitLog" } }' });
    const { status, stdout } = await blkreport(["detect", join(root, "a.qtr")]);
    expect([status, stdout]).toEqual([1, expect.stringContaining('its side file says "nbdkitLog", but no UTC times')]);
  });

  it("says what the side file has to say first", async () => {
    const path = join(folder({ "a.csv": "time,op,offset,length\n1,R,0,4096\n2,W,8192,4096\n" }), "a.csv");
    const side = '{ "read": { "format": "csv" } }';
    writeFileSync(`${path}.json`, side);
    const [document] = documents((await blkreport(["detect", "--json", path])).stdout);
    expect(document.format).toBe("csv");
    const { stdout } = await blkreport(["detect", path]);
    expect(stdout).toContain(`its side file has to say first: "read": { ${document.needs.join(", ")} }`);
  });

  it("asks for the format strings of blkparse -F where summary would refuse the lines", async () => {
    const path = join(ROOT, "test/golden/formats/blkparse-formats-of-actions/full.txt");
    const { status, stdout } = await blkreport(["detect", path]);
    expect(status).toBe(1);
    expect(lines(stdout)[0]).toMatch(
      /\(blkparse\): blkparse's lines: .*, but \d+ of the first \d+ are others: -F was given$/,
    );
    expect(lines(stdout).at(-1)).toBe(
      '  its side file has to say first: "read": { "blkparseFormatOf": { "D": "…", "C": "…" } }',
    );
    const { stderr } = await blkreport(["summary", path]);
    expect(stderr).toContain('"read": { "blkparseFormatOf": { "D": "…", "C": "…" } }');
  });

  it("points a table without a header to the columns of its side file, with which it is read", async () => {
    const path = join(folder({ "a.csv": "10,0,R,8\n20,8,W,8\n30,16,W,8\n" }), "a.csv");
    const { status, stdout } = await blkreport(["detect", path]);
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining("a table, and no header names the op, offset and length"),
    ]);
    const [, asked] = /"read": (\{.*\})\n$/.exec(stdout)!;
    const read = { ...JSON.parse(asked!), columns: { time: 1, op: 3, offset: 2, length: 4 } };
    writeFileSync(`${path}.json`, JSON.stringify({ read }));
    const summary = JSON.parse((await blkreport(["summary", path])).stdout);
    expect(summary.scopes.whole.requests.value.byOp.write).toMatchObject({ count: 2, bytes: 8192 });
  });

  it("says of an empty folder that nothing is in it", async () => {
    const root = folder({});
    const { status, stderr } = await blkreport(["detect", root]);
    expect([status, stderr]).toEqual([1, `blkreport: ${root}: missing files in the folder; name another one\n`]);
  });

  it("shows what a terminal would obey in names, and keeps a trace on its line", async () => {
    const name = "a\nb\u001b[31m\u202e.qtr";
    const root = folder({ [name]: QTR });
    const shown = join(root, "a\\nb\\u001b[31m\\u202e.qtr");
    expect(lines((await blkreport(["detect", join(root, name)])).stdout)[0]).toMatch(`${shown}: `);
    expect(lines((await blkreport(["summary", "--text", join(root, name)])).stdout)[0]).toMatch(
      /^a\\nb\\u001b\[31m\\u202e \(qtr/,
    );
    const missing = await blkreport(["summary", join(root, "no\nne")]);
    expect(missing.stderr).toBe(
      `blkreport: ${join(root, "no\\nne")}: missing file; check its name, and that it can be read from here\n`,
    );
  });

  it("goes on after a file that cannot be opened, decompressed or described", async () => {
    const root = folder({ "a.qtr": QTR, "b.qtr": QTR, "b.qtr.json": "{" });
    writeFileSync(join(root, "c.gz"), Buffer.concat([gzipSync(QTR).subarray(0, -6), Buffer.from("broken")]));
    const names = ["none", "b.qtr", "c.gz", "a.qtr"].map((name) => join(root, name));
    const { status, stdout, stderr } = await blkreport(["detect", ...names]);
    expect([status, stderr]).toEqual([1, ""]);
    expect(lines(stdout).slice(0, 4)).toEqual([
      expect.stringMatching(/none: no trace that can be read: missing file; check its name/),
      expect.stringMatching(/b\.qtr: no trace that can be read: .*b\.qtr\.json:1: invalid JSON; mend it/),
      expect.stringMatching(/c\.gz: no trace that can be read: .*c\.gz, byte \d+: invalid gzip data: /),
      expect.stringMatching(/a\.qtr: .* \(qtr\): /),
    ]);
  });

  it("needs a file: exit 2", async () => {
    const { status, stdout, stderr } = await blkreport(["detect"]);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining("missing FILE")]);
  });
});
