import { execFileSync } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { blkreport, emptyFolder, ROOT } from "../support/site.ts";

const MARKED = "S 2048\nR 0 8\nR 2 1\nR 21 1\nR 15 1\nR 2 1\nW 63 8\nR 2 1\nR 15 1\nR 21 1\nR 2 1\nR 8 8\n";
const LVM = join(ROOT, "traces/lvm/mkfs-ext4");
const XFS = join(ROOT, "traces/filesystems/mkfs-xfs");

let folder: string;
let trace: string;
beforeAll(async () => {
  folder = await emptyFolder("convert");
  trace = join(folder, "a.qtr");
  await writeFile(trace, MARKED);
});

describe("blkreport convert", () => {
  it("writes to standard output, and nothing else there", async () => {
    expect(await blkreport(["convert", trace, "--to", "qtr"])).toEqual({ status: 0, stdout: MARKED, stderr: "" });
  });

  it("writes to a file that appears when it is whole, and says how many requests are in it", async () => {
    const output = join(folder, "out.csv");
    const { status, stdout, stderr } = await blkreport(["convert", trace, "--to", "csv", "-o", output]);
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toContain(`11 requests in ${output}`);
    expect((await readFile(output, "utf8")).split("\n")).toHaveLength(1 + 11 + 1);
  });

  it("leaves the file that was there where the trace is broken", async () => {
    const output = join(folder, "kept.qtr");
    await writeFile(output, "mine");
    await writeFile(join(folder, "broken.qtr"), "S 8\nR 0 1\nR x y\nR 0 1\n");
    const { status } = await blkreport(["convert", join(folder, "broken.qtr"), "--to", "qtr", "-o", output]);
    expect(status).toBe(1);
    expect(await readFile(output, "utf8")).toBe("mine");
    expect(execFileSync("ls", [folder]).toString()).not.toContain("tmp");
  });

  it("writes into what is no file as it stands", async () => {
    expect((await blkreport(["convert", trace, "--to", "csv", "-o", "/dev/null"])).status).toBe(0);
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it("takes a scope by the name that its page has", async () => {
    const { stdout } = await blkreport(["convert", trace, "--to", "qtr", "--scope", "marked"]);
    expect(stdout).toBe("S 2048\nW 63 8\n");
  });

  it("takes a stretch of time", async () => {
    const rows = async (...range: string[]) =>
      (await blkreport(["convert", XFS, "--to", "csv", ...range])).stdout.trim().split("\n").slice(1);
    const all = await rows();
    const issued = (row: string) => Number(row.split(",")[3]);
    expect(await rows("--from", "50ms", "--until", "0.1s")).toEqual(
      all.filter((row) => issued(row) >= 50e6 && issued(row) < 100e6),
    );
    expect(await rows("--until", "1h")).toEqual(all);
  });

  it("says in a line each what the output cannot hold", async () => {
    const { stderr } = await blkreport(["convert", XFS, "--to", "qtr"]);
    expect(stderr.split("\n").toSorted()).toEqual([
      "",
      "blkreport: qtr has no discards: 1 request left out",
      "blkreport: qtr has no flushes: 2 requests left out",
      "blkreport: qtr has no times, completions, queue times, merges, bios, processes, plugs, flags and errors: left out",
    ]);
  });

  it("leaves devices on top of others to their own scope", async () => {
    const { stdout } = await blkreport(["convert", LVM, "--to", "csv"]);
    const devices = new Set(
      stdout
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(",")[6]),
    );
    expect([...devices]).toHaveLength(1);
  });

  it("makes a Parquet file with the same summary, compressed or not", async () => {
    const output = join(folder, "xfs.parquet");
    await blkreport(["convert", XFS, "--to", "parquet", "-o", output]);
    await writeFile(`${output}.gz`, gzipSync(await readFile(output)));
    const metrics = async (path: string) => {
      const { scopes } = JSON.parse((await blkreport(["summary", path])).stdout);
      const { alignment, footprint, sectorMap, queueDepth, throughput } = scopes.whole;
      return { alignment, footprint, sectorMap, queueDepth, throughput };
    };
    const expected = await metrics(XFS);
    expect(await metrics(output)).toEqual(expected);
    expect(await metrics(`${output}.gz`)).toEqual(expected);
  });

  it("with --anonymize says nothing of whose trace it was", async () => {
    const { stdout } = await blkreport(["convert", XFS, "--to", "csv", "--anonymize"]);
    expect(stdout).toContain("device-1,process-");
    expect(stdout).not.toMatch(/vdb|mkfs|kworker/);
  });
});

describe("a wrong question to convert", () => {
  it.each<[string[], string]>([
    [["convert"], "missing TRACE"],
    [["convert", "A", "B", "--to", "csv"], "convert takes one TRACE"],
    [["convert", "A"], "missing --to FORMAT: qtr, fio-iolog, csv, parquet"],
    [["convert", "A", "--to", "xml"], 'unknown format "xml"; convert knows qtr, fio-iolog, csv, parquet'],
    [
      ["convert", "TRACE", "--to", "csv", "--scope", "moon"],
      'unknown scope "moon"; this trace has whole, marked, span-1-qtrace',
    ],
    [["convert", "TRACE", "--to", "csv", "--from", "1s"], "this trace has no clock"],
    [
      ["convert", "TRACE", "--to", "csv", "--from", "soon"],
      'invalid --from "soon"; expected a time such as 1.5s, 200ms or 30us',
    ],
    [
      ["convert", "TRACE", "--to", "csv", "--from", "2s", "--until", "1s"],
      "invalid --until: it does not lie after --from",
    ],
    [["convert", "TRACE", "--to", "qtr", "-o", "TRACE"], "it is the trace itself"],
  ])("%j: exit 2", async (args, message) => {
    const { status, stdout, stderr } = await blkreport(args.map((word) => (word === "TRACE" ? trace : word)));
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
  });

  it("about several devices names the scopes of each: exit 2", async () => {
    const csv = join(folder, "two.csv");
    const head = "op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error\n";
    await writeFile(csv, `${head}read,0,512,0,,,sda,,,,\nwrite,0,512,5,,,sdb,,,,\n`);
    const { status, stderr } = await blkreport(["convert", csv, "--to", "qtr"]);
    expect(status).toBe(2);
    expect(stderr).toContain("choose one with --scope: device-sda, device-sdb");
  });
});
