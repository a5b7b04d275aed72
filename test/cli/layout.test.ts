import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layoutOfText } from "../../src/report/layoutFile.ts";
import { folder } from "../support/folders.ts";
import { blkreport } from "../support/site.ts";

const SFDISK = JSON.stringify({
  partitiontable: {
    label: "dos",
    device: "/dev/vda",
    sectorsize: 512,
    partitions: [{ node: "/dev/vda1", start: 64, size: 20416, type: "83" }],
  },
});
const IMAGE_TABLE = SFDISK.replaceAll("/dev/vda", "disk.img");
const DUMPE2FS = `Filesystem features:      ext_attr filetype
Block count:              10208
Block size:               1024

Group 0: (Blocks 1-8192)
  Primary superblock at 1, Group descriptors at 2-2
`;

describe("blkreport layout", () => {
  it("writes what the files of a folder tell, and says how much", async () => {
    const from = folder({ "sfdisk-vda.json": SFDISK, "dumpe2fs-vda1.txt": DUMPE2FS, "notes.txt": "milk" });
    const output = join(from, "out", "x.layout.json");
    const { status, stdout, stderr } = await blkreport(["layout", "--from", from, "-o", output]);
    expect([status, stdout, stderr]).toEqual([0, "", `6 structures in ${output}\n`]);
    const layout = layoutOfText(readFileSync(output, "utf8"), "x");
    expect(layout.sources).toEqual(["dumpe2fs (dumpe2fs-vda1.txt)", "sfdisk (sfdisk-vda.json)"]);
    expect(layout.devices.map(({ device }) => device)).toEqual(["vda"]);
    const superblock = layout.devices[0]!.structures.find(({ kind }) => kind === "superblock");
    expect(superblock?.extents).toEqual([[64 * 512 + 1024, 1024]]);
  });

  it("gives the disk of an image no name, or the one that the trace has for it", async () => {
    const from = folder({ "sfdisk.json": IMAGE_TABLE, "dumpe2fs.txt": DUMPE2FS });
    const namesOf = async (...more: string[]) => {
      const { devices } = layoutOfText((await blkreport(["layout", "--from", from, ...more])).stdout, "x");
      return devices.map(({ device, structures }) => [device, structures[1]?.name, structures.length]);
    };
    expect(await namesOf()).toEqual([[null, "partition 1", 6]]);
    expect(await namesOf("--device", "sda")).toEqual([["sda", "sda1", 6]]);
  });

  it("says what it passes over, and what would help", async () => {
    const two = JSON.parse(SFDISK);
    two.partitiontable.partitions.push({ node: "/dev/vda2", start: 30000, size: 64 });
    const from = folder({ "sfdisk.json": JSON.stringify(two), "dumpe2fs.txt": DUMPE2FS });
    const { status, stderr } = await blkreport(["layout", "--from", from]);
    expect([status, stderr]).toEqual([
      0,
      "blkreport: dumpe2fs.txt is passed over: put the name of its device into its name, as in dumpe2fs-vda1.txt\n",
    ]);
  });

  it.each([
    [[], 2, "missing IMAGE or --from DIR; see blkreport layout --help"],
    [["a", "b"], 2, "layout takes one IMAGE, or --from DIR"],
    [["a", "--from", "b"], 2, "layout takes one IMAGE, or --from DIR"],
    [["/nonexistent/disk.img"], 1, "/nonexistent/disk.img: missing file; check its name"],
    [["--from", "/nonexistent"], 1, "/nonexistent: missing folder; check its name"],
  ])("%j is refused", async (words, status, message) => {
    expect(await blkreport(["layout", ...words])).toEqual({ status, stdout: "", stderr: `blkreport: ${message}\n` });
  });

  it("refuses a folder without a file that it knows, files that are not what their names say, and unknown devices", async () => {
    const empty = folder({ "notes.txt": "milk" });
    expect((await blkreport(["layout", "--from", empty])).stderr).toBe(
      `blkreport: ${empty}: missing files such as sfdisk*.json, lsblk.json, pvs.json; blkreport layout --help lists them\n`,
    );
    writeFileSync(join(empty, "sfdisk.json"), "<html>");
    expect((await blkreport(["layout", "--from", empty])).stderr).toBe(
      "blkreport: sfdisk.json: invalid text: it is no JSON; put there what the tool printed, whole\n",
    );
    writeFileSync(join(empty, "sfdisk.json"), SFDISK);
    expect(await blkreport(["layout", "--from", empty, "--device", "sdb"])).toMatchObject({
      status: 2,
      stderr: 'blkreport: unknown --device "sdb"; something is known of vda\n',
    });
  });

  it("names a program that is missing with the packages that bring it", async () => {
    const image = join(folder({}), "disk.qcow2");
    writeFileSync(image, "QFI\xfb\0\0\0\x03", "latin1");
    expect(await blkreport(["layout", image], { env: { PATH: "/nonexistent" } })).toEqual({
      status: 1,
      stdout: "",
      stderr: "blkreport: qemu-img: missing program; install qemu-utils (Debian, Ubuntu) or qemu-img (Fedora, Arch)\n",
    });
  });

  it("lists in its help the files that --from knows, and how they are written", async () => {
    const { stdout } = await blkreport(["layout", "--help"]);
    expect(stdout).toContain("  sfdisk*.json               sfdisk -J /dev/vda\n");
    expect(stdout).toContain("  filefrag.txt               filefrag -v FILE…\n");
  });
});
