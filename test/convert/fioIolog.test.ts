import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../support/site.ts";
import { slowReader } from "../support/slowTrace.ts";
import { converted, convertedBy, goldenTraces, readPlain, textFile } from "./kit.ts";

const hasFio = spawnSync("fio", ["--version"]).status === 0;
const nbdkit = (lines: readonly [us: number, line: string][]) =>
  textFile(
    "nbdkit.log",
    lines.map(([us, line]) => `2026-01-01 00:00:00.${String(us).padStart(6, "0")} connection=1 ${line}\n`).join(""),
  );

describe("a trace as fio's iolog", () => {
  it("has microseconds since the first request, which fio waits for from 1 on", async () => {
    const trace = nbdkit([
      [100, 'Connect export="" tls=0 size=0x100000 write=1 flush=1'],
      [500, "Read id=1 offset=0x200 count=0x400 ..."],
      [501, "...Read id=1 return=0"],
      [750, "Write id=2 offset=0x1000 count=0x1000 fua=0 ..."],
      [800, "Flush id=3 ..."],
      [900, "Trim id=4 offset=0x2000 count=0x1000 fua=0 ..."],
    ]);
    const { text, notes } = await converted(trace, "fio-iolog");
    const name = text.split("\n")[1]!.split(" ")[1]!;
    expect(text).toBe(
      [
        "fio version 3 iolog",
        `0 ${name} add`,
        `0 ${name} open`,
        `1 ${name} read 512 1024`,
        `251 ${name} write 4096 4096`,
        `301 ${name} sync 0 0`,
        `401 ${name} trim 8192 4096`,
        `401 ${name} close`,
        "",
      ].join("\n"),
    );
    expect(notes).toEqual(["fio iolog v3 has no completions, flags and errors: left out"]);
  });

  it("names files with one word that is never a path", async () => {
    const names = ["/dev/sda", "a b", "a_b", "../up", "-", ""];
    const history = names.map((_, device) => ({
      what: "issue" as const,
      issue: {
        op: "read" as const,
        flags: 0,
        device,
        offsetBytes: 0,
        lengthBytes: 512,
        issueNs: device,
        queueNs: null,
        process: 0,
        mergedBios: 0,
      },
    }));
    const trace = {
      devices: names.map((name, i) => ({ name: name || `  ${i}`, stacked: false })),
      processes: [""],
      history,
    };
    const recorded = {
      clock: true,
      completion: false,
      queue: false,
      process: false,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: false,
      error: false,
    };
    const { text } = await convertedBy(slowReader({ ...trace, recorded }), "fio-iolog");
    const opened = text
      .split("\n")
      .filter((line) => line.endsWith(" open"))
      .map((line) => line.split(" "));
    expect(opened.map((words) => words.length)).toEqual(names.map(() => 3));
    expect(opened.map(([, name]) => name)).toEqual(["_dev_sda", "a_b", "a_b-2", "_._up", "_", "__5"]);
  });

  it("says that a trace without a clock is replayed without waiting", async () => {
    const { text, notes } = await converted(textFile("disk.qtr", "S 64\nR 0 8\nW 8 8\n"), "fio-iolog");
    expect(text).toContain("1 disk read 0 4096\n1 disk write 4096 4096\n");
    expect(notes).toEqual(["the trace has no clock: fio replays it without waiting"]);
  });

  it("counts what it cannot hold, and the writes that lose their FUA", async () => {
    const trace = nbdkit([
      [1, "Zero id=1 offset=0x0 count=0x1000 trim=0 fua=0 fast=0 ..."],
      [2, "Write id=2 offset=0x0 count=0x0 fua=0 ..."],
      [3, "Trim id=3 offset=0x0 count=0x100000000 fua=0 ..."],
      [4, "Write id=4 offset=0x0 count=0x200 fua=1 ..."],
    ]);
    const { notes, requests } = await converted(trace, "fio-iolog");
    expect(requests).toBe(1);
    expect(notes).toEqual([
      "fio iolog v3 has no completions, flags and errors: left out",
      "fio iolog v3 has no write-zeroes: 1 request left out",
      "fio iolog v3 has no requests without a length: 1 request left out",
      "fio iolog v3 has no lengths of 4 GiB and more: 1 request left out",
      "fio iolog v3 has no FUA and preflush: 1 request written without",
    ]);
  });

  it("reads back as the same requests at the same microseconds", async () => {
    for (const file of goldenTraces()) {
      const before = await readPlain(file);
      const { file: iolog, requests } = await converted(file, "fio-iolog");
      if (requests < before.requests.length || requests === 0) continue;
      const after = await readPlain(iolog);
      const facts = ({ op, offsetBytes, lengthBytes, issueNs }: (typeof before.requests)[number]) => ({
        op,
        ...(op === "flush" ? {} : { offsetBytes, lengthBytes }),
        issueUs: before.end.recorded.clock ? Math.floor(issueNs / 1000) : 0,
      });
      expect(after.requests.map(facts), file.name).toEqual(before.requests.map(facts));
    }
  });
});

describe.skipIf(!hasFio)("fio itself", () => {
  it("replays every request with its bytes", async () => {
    const file = goldenTraces().find(({ name }) => name.startsWith("nbdkit-mkfs-marked"))!;
    const { requests, end } = await readPlain(file);
    const { text } = await converted(file, "fio-iolog");
    const folder = await emptyFolder("fio");
    writeFileSync(join(folder, "trace.iolog"), text);
    for (const { name, bytes } of end.devices) {
      writeFileSync(join(folder, name), "");
      truncateSync(join(folder, name), bytes!);
    }
    const args = ["--name=replay", "--read_iolog=trace.iolog", "--replay_no_stall=1", "--ioengine=psync"];
    execFileSync("fio", [...args, "--output-format=json", "--output=result.json"], { cwd: folder, stdio: "ignore" });
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
    const [job] = result.jobs;
    const counted = (op: string) => requests.filter((request) => request.op === op);
    const bytes = (op: string) => counted(op).reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    expect(job.error).toBe(0);
    expect([job.read.total_ios, job.read.io_bytes]).toEqual([counted("read").length, bytes("read")]);
    expect([job.write.total_ios, job.write.io_bytes]).toEqual([counted("write").length, bytes("write")]);
    expect(job.sync.total_ios).toBe(counted("flush").length);
  });
});
