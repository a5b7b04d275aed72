import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder } from "../support/folders.ts";
import { lacks, SYSTEM_PATH } from "../support/programs.ts";
import { blkreport } from "../support/site.ts";

/** A machine without KVM takes a minute for it, and several where others work beside it. */
const LONGEST_MS = 600_000;

it.skipIf(lacks("guestfish", "nbdkit"))(
  "capture --via nbdkit with guestfish: from no image to a marked trace of mkfs",
  async () => {
    const cwd = folder();
    const tmp = join(cwd, "tmp");
    mkdirSync(tmp);
    const work = [
      "part-init",
      "/dev/sda",
      "mbr",
      ":",
      "part-add",
      "/dev/sda",
      "primary",
      "2048",
      "-1",
      ":",
      "mkfs",
      "ext2",
      "/dev/sda1",
    ];
    const words = ["--via", "nbdkit", "--disk", "disk.img", "--create", "10M", "--name", "ext2/mkfs", "--mark", "mkfs"];
    const { status, stderr } = await blkreport(["capture", ...words, "--", "guestfish", ...work], {
      cwd,
      env: { PATH: SYSTEM_PATH, TMPDIR: tmp, LIBGUESTFS_BACKEND_SETTINGS: "force_tcg" },
    });
    expect(stderr).toMatch(/requests in traces\/ext2\/mkfs\.log, traces\/ext2\/mkfs\.log\.json/);
    expect(status).toBe(0);
    expect(readdirSync(tmp).filter((name) => name.startsWith("blkreport-"))).toEqual([]);
    const side = JSON.parse(readFileSync(join(cwd, "traces/ext2/mkfs.log.json"), "utf8"));
    expect(side).toMatchObject({
      command: "guestfish: part-init /dev/sda mbr; part-add /dev/sda primary 2048 -1; mkfs ext2 /dev/sda1",
      expectSpans: ["qtrace"],
      devices: { disk: { bytes: 10 << 20 } },
    });
    const { stdout } = await blkreport(["convert", "traces/ext2/mkfs.log", "--to", "csv", "--scope", "marked"], {
      cwd,
    });
    const writes = stdout
      .split("\n")
      .filter((line) => line.startsWith("write,"))
      .map((line) => line.split(",").map(Number));
    const superblock = 2048 * 512 + 1024;
    expect(writes.some(([, from, length]) => from! <= superblock && from! + length! > superblock)).toBe(true);
    expect(writes.every(([, from]) => from! >= 2048 * 512)).toBe(true);
  },
  LONGEST_MS,
);
