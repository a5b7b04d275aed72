import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder } from "../support/folders.ts";
import { lacks, SYSTEM_PATH } from "../support/programs.ts";
import { blkreport } from "../support/site.ts";

describe.skipIf(lacks("qemu-io", "qemu-img"))("capture --via qemu", () => {
  it("records what a program of qemu does, in place of its own options", async () => {
    const cwd = folder();
    const tmp = join(cwd, "tmp");
    mkdirSync(tmp);
    writeFileSync(join(cwd, "disk.img"), Buffer.alloc(4 << 20));
    const words = ["qemu-io", "-f", "raw", "-c", "write 0 64k", "-c", "read 512 4096", "disk.img"];
    const { status, stdout, stderr } = await blkreport(["capture", "--via", "qemu", "--name", "work", "--", ...words], {
      cwd,
      env: { PATH: SYSTEM_PATH, TMPDIR: tmp },
    });
    expect([status, readdirSync(tmp)]).toEqual([0, []]);
    expect(stderr).toBe("2 requests in traces/work.log, traces/work.log.json\n");
    expect(stdout).toContain("wrote 65536/65536 bytes");
    const { stdout: csv } = await blkreport(["convert", "traces/work.log", "--to", "csv"], { cwd });
    expect(
      csv
        .split("\n")
        .slice(1, 3)
        .map((line) => line.split(",", 3)),
    ).toEqual([
      ["write", "0", "65536"],
      ["read", "512", "4096"],
    ]);
    const side = JSON.parse(readFileSync(join(cwd, "traces/work.log.json"), "utf8"));
    expect(side).toMatchObject({
      command: words.map((word) => (word.includes(" ") ? `'${word}'` : word)).join(" "),
      recorder: expect.stringMatching(/^qemu \d/),
    });
  });
});
