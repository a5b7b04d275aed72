import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unknownDevice } from "../../src/model/trace.ts";
import { checkedJson } from "../../src/report/checkedJson.ts";
import { builderOptions, filesystemOf, partitionsSaid } from "../../src/report/known.ts";
import { SideFile } from "../../src/report/sideFile.ts";

const DISK = {
  name: "sda",
  "maj:min": "8:0",
  size: 480103981056,
  model: "INTEL SSDSC2KB48 ",
  "log-sec": 512,
  "phy-sec": 4096,
  rota: false,
  sched: "mq-deadline",
  "rq-size": 64,
  "disc-gran": 4096,
  fstype: null,
  children: [
    { name: "sda1", "maj:min": "8:1", type: "part", start: 2048, size: 1073741824, fstype: "vfat" },
    { name: "sda2", "maj:min": "8:2", type: "part", start: 2099200, size: 1048576, fstype: "crypto_LUKS" },
  ],
};
const FACTS = {
  name: "sda",
  model: "INTEL SSDSC2KB48",
  bytes: 480103981056,
  logicalBlockBytes: 512,
  physicalBlockBytes: 4096,
  rotational: false,
  scheduler: "mq-deadline",
  queueDepth: 64,
  discardGranularityBytes: 4096,
};

function sideFile(content: unknown): SideFile {
  return checkedJson<SideFile>(SideFile, JSON.stringify(content), "a.json");
}

const factsOf = (side: unknown) => builderOptions(sideFile(side), "a.json").devices!;
const sda = [unknownDevice("8,0")];

describe("lsblk in a side file", () => {
  it("tells the facts of each disk, by its number", () => {
    expect(factsOf({ lsblk: { blockdevices: [DISK] } })).toEqual({ "8,0": FACTS });
  });

  it("is understood where its numbers and booleans are texts, as older ones write them", () => {
    const texts = Object.entries(DISK).map(([key, value]) => [
      key,
      typeof value === "number" ? String(value) : value === false ? "0" : value,
    ]);
    expect(factsOf({ lsblk: { blockdevices: [Object.fromEntries(texts)] } })).toEqual({ "8,0": FACTS });
  });

  it("without -b rounds the size, which is then not known; a granularity is exact", () => {
    const { bytes: _, ...others } = FACTS;
    const rounded = { ...DISK, size: "447.1G", "disc-gran": "4K" };
    expect(factsOf({ lsblk: { blockdevices: [rounded] } })).toEqual({ "8,0": others });
  });

  it("counts less than queue, and that less than devices", () => {
    const side = { lsblk: { blockdevices: [DISK] }, queue: ["sda nr_requests 32", "sda scheduler none [kyber]"] };
    expect(factsOf(side)["8,0"]).toEqual({ ...FACTS, queueDepth: 32, scheduler: "kyber" });
    const all = { ...side, devices: { "8,0": { queueDepth: 1 } } };
    expect(factsOf(all)["8,0"]).toEqual({ ...FACTS, queueDepth: 1, scheduler: "kyber" });
  });

  it("may list disks that the trace lacks; devices and queue may not", () => {
    const { expectedDevices } = builderOptions(
      sideFile({
        lsblk: { blockdevices: [DISK] },
        devices: { "8,16": {} },
        queue: "sda rotational 1\nvdz rotational 1",
      }),
      "a.json",
    );
    expect([...expectedDevices!]).toEqual(["8,16", "vdz"]);
  });

  it("tells partitions and filesystems of the trace's disk", () => {
    const side = sideFile({ lsblk: { blockdevices: [DISK, { name: "sdb", "maj:min": "8:16", fstype: "xfs" }] } });
    expect(partitionsSaid(side, sda)).toEqual([
      { name: "sda1", startSector: 2048, sectors: 2097152 },
      { name: "sda2", startSector: 2099200, sectors: 2048 },
    ]);
    expect(filesystemOf(side, sda)).toBe("vfat on sda1, crypto_LUKS on sda2");
    expect(partitionsSaid(side, [unknownDevice("8,32")])).toEqual([]);
  });

  it("counts less than a layout and a filesystem that the side file gives", () => {
    const partitions = [{ name: "1", startSector: 63 }];
    const side = sideFile({ lsblk: { blockdevices: [DISK] }, layout: { partitions }, filesystem: "ext4" });
    expect(partitionsSaid(side, sda)).toEqual([{ name: "1", startSector: 63, sectors: null }]);
    expect(filesystemOf(side, sda)).toBe("ext4");
  });

  it("is something else where it has no list of devices", () => {
    expect(() => sideFile({ lsblk: { disks: [] } })).toThrow("a.json: invalid lsblk");
  });

  it("may be damaged below its devices: what is no partition is none", () => {
    const odd = { ...DISK.children[0], name: { toString: 1 }, "disc-gran": { toString: 1 } };
    const side = sideFile({
      lsblk: { blockdevices: [{ ...DISK, children: [null, "sda1", 7, odd, ...DISK.children] }] },
    });
    expect(partitionsSaid(side, sda).map(({ name }) => name)).toEqual(["sda1", "sda2"]);
  });
});

describe("queue in a side file", () => {
  it("passes over what says nothing of a device here", () => {
    expect(factsOf({ queue: ["vda rotational 0", "vda io_poll 0", ""] })).toEqual({ vda: { rotational: false } });
  });

  it("must have a device, a file and a value in each line", () => {
    for (const line of ["rotational", "vda rotational yes"])
      expect(() => factsOf({ queue: [line] })).toThrow(`a.json: invalid queue "${line}"; expected a line such as`);
  });
});

const CAPTURE = join(import.meta.dirname, "../../../shared/captures/vm/boot-B/40-4kphys-part63");

describe.skipIf(!existsSync(CAPTURE))("what lies beside a capture", () => {
  it("says the same, pasted, as the side file that was written by hand", () => {
    const pasted = sideFile({
      lsblk: JSON.parse(readFileSync(join(CAPTURE, "lsblk.json"), "utf8")),
      queue: readFileSync(join(CAPTURE, "queue.txt"), "utf8"),
    });
    const byHand = join(import.meta.dirname, "../../traces/disk-4k/part63.json");
    const { bytes: _, ...written } = JSON.parse(readFileSync(byHand, "utf8")).devices["254,32"];
    expect(builderOptions(pasted, "a.json").devices!["254,32"]).toEqual(written);
    expect(partitionsSaid(pasted, [unknownDevice("254,32")])).toEqual([
      { name: "vdc1", startSector: 63, sectors: null },
    ]);
    expect(filesystemOf(pasted, [unknownDevice("254,32")])).toBe("ext4 on vdc1");
  });
});
