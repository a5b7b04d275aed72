import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layoutOfText } from "../../src/report/layoutFile.ts";
import { blkreport } from "../support/site.ts";
import { problemsOf } from "./problems.ts";

const env = { ...process.env, PATH: `${process.env["PATH"]}${delimiter}/usr/sbin${delimiter}/sbin` };
const has = (...tools: string[]) =>
  tools.every((tool) => spawnSync(tool, ["--version"], { env, stdio: "ignore" }).error === undefined);

const MIB = 2 ** 20;
const PARTITION_FROM = 128 * 512;
const EXTENT_BYTES = 4 * MIB;
/** In extents: the volume grew when its neighbour was there. */
const SEGMENTS = [
  { volume: "other", start: 0, first: 4, count: 2 },
  { volume: "root", start: 0, first: 0, count: 4 },
  { volume: "root", start: 4, first: 6, count: 2 },
];

/** LVM's label, by which blkid knows it, in the second sector. */
function label(): Buffer {
  const sector = Buffer.alloc(512);
  sector.write("LABELONE", 0, "latin1");
  sector.writeBigUInt64LE(1n, 8);
  sector.writeUInt32LE(32, 20);
  sector.write("LVM2 001", 24, "latin1");
  sector.write("x".repeat(32), 32, "latin1");
  // Its sum begins with another number, and is not turned over at the end.
  const begin = 0xf597a6cf;
  sector.writeUInt32LE(~crc32(sector.subarray(20), ~begin >>> 0) >>> 0, 16);
  return sector;
}

/** What pvs and lvs print in the appliance. */
function reports(): string {
  const pv = { pv_name: "/dev/sda1", vg_name: "vg-0", pe_start: `${MIB}B` };
  const seg = SEGMENTS.map(({ volume, start, first, count }) => ({
    lv_name: volume,
    vg_name: "vg-0",
    segtype: "linear",
    seg_start: `${start * EXTENT_BYTES}B`,
    seg_size: `${count * EXTENT_BYTES}B`,
    seg_pe_ranges: `/dev/sda1:${first}-${first + count - 1}`,
  }));
  return `begin-pvs\n${JSON.stringify({ report: [{ pv: [pv] }] })}\nbegin-lvs\n${JSON.stringify({ report: [{ seg }] })}\n`;
}

describe.skipIf(!has("mke2fs", "dumpe2fs", "debugfs", "sfdisk", "blkid", "dd"))(
  "the layout of an image with LVM",
  () => {
    let folder = "";
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "blkreport-test-"));
      writeFileSync(join(folder, "reports"), reports());
      // Stands for an appliance, whose start takes minutes where nothing is accelerated.
      writeFileSync(
        join(folder, "guestfish"),
        `#!/bin/sh\ncase "$1" in --version) echo "guestfish 1.48.6";; *) cat > ${folder}/script; cat ${folder}/reports;; esac\n`,
      );
      chmodSync(join(folder, "guestfish"), 0o755);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const blkreportHere = (...words: string[]) =>
      blkreport(["layout", ...words], { env: { PATH: `${folder}${delimiter}${env.PATH}`, TMPDIR: folder } });

    /** A disk on which the filesystem of the volume lies in two pieces. */
    function disk(): string {
      const filesystem = join(folder, "filesystem");
      const content = join(folder, "tree");
      execFileSync("mkdir", ["-p", content]);
      writeFileSync(join(content, "big"), Buffer.alloc(18 * MIB, "hello, world. "));
      execFileSync("mke2fs", ["-q", "-F", "-t", "ext4", "-b", "4096", "-d", content, filesystem, "6144"], {
        env,
        stdio: "pipe",
      });
      const volume = readFileSync(filesystem);
      const image = Buffer.alloc(40 * MIB);
      label().copy(image, PARTITION_FROM + 512);
      for (const { volume: name, start, first, count } of SEGMENTS)
        if (name === "root")
          volume.copy(
            image,
            PARTITION_FROM + MIB + first * EXTENT_BYTES,
            start * EXTENT_BYTES,
            (start + count) * EXTENT_BYTES,
          );
      const path = join(folder, "disk.img");
      writeFileSync(path, image);
      execFileSync("sfdisk", ["-q", path], {
        env,
        input: "label: dos\nstart=128, size=80000, type=8e\n",
        stdio: "pipe",
      });
      return path;
    }

    it("has each file at the addresses of the disk, through every segment of its volume", async () => {
      const path = disk();
      const { status, stdout, stderr } = await blkreportHere(path);
      expect([status, stderr]).toEqual([0, ""]);
      const layout = layoutOfText(stdout, "x");
      expect(problemsOf(layout)).toEqual([]);
      expect(layout.sources).toContain("guestfish 1.48.6");
      const { structures } = layout.devices[0]!;
      const extentsOf = (name: string) => structures.find((structure) => structure.name === name)?.extents;
      const dataFrom = PARTITION_FROM + MIB;
      expect(extentsOf("vg-0/other")).toEqual([[dataFrom + 4 * EXTENT_BYTES, 2 * EXTENT_BYTES]]);
      expect(extentsOf("vg-0/root")).toEqual([
        [dataFrom, 4 * EXTENT_BYTES],
        [dataFrom + 6 * EXTENT_BYTES, 2 * EXTENT_BYTES],
      ]);
      const image = readFileSync(path);
      const read = Buffer.concat(extentsOf("/big")!.map(([from, length]) => image.subarray(from, from + length)));
      expect(read.equals(readFileSync(join(folder, "tree/big")))).toBe(true);
      // Nothing of the copy that debugfs read stays behind.
      expect(readdirSync(folder).filter((name) => name.startsWith("blkreport-layout-"))).toEqual([]);
    });

    it("tells the partition where guestfish cannot be asked, and says so", async () => {
      const path = disk();
      writeFileSync(join(folder, "guestfish"), "#!/bin/sh\necho 'guestfish: no kernel' >&2; exit 1\n");
      const { status, stdout, stderr } = await blkreportHere(path);
      expect(layoutOfText(stdout, "x").devices[0]!.structures.map(({ name }) => name)).toEqual(["MBR", "partition 1"]);
      expect([status, stderr]).toEqual([
        0,
        "blkreport: LVM2_member on partition 1 is not read: guestfish: invalid end: no kernel; run it by hand to see why\n",
      ]);
    });

    it("that is interrupted leaves nothing behind", () => {
      const path = disk();
      writeFileSync(join(folder, "guestfish"), `#!/bin/sh\nkill -INT $PPID\nsleep 5\n`);
      const { status } = spawnSync(
        process.execPath,
        [join(import.meta.dirname, "../../dist/bundle/main.js"), "layout", path],
        {
          env: { ...env, PATH: `${folder}${delimiter}${env.PATH}`, TMPDIR: folder },
        },
      );
      expect(status).toBe(130);
      expect(readdirSync(folder).filter((name) => name.startsWith("blkreport-layout-"))).toEqual([]);
    });
  },
);
