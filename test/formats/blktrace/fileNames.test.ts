import { describe, expect, it } from "vitest";
import { byCpuAndName, isDiskName, missingCpus, setPlaceOf } from "../../../src/formats/blktrace/fileNames.ts";

describe("setPlaceOf", () => {
  it("finds set and CPU in a name", () => {
    expect(setPlaceOf("x/vda.blktrace.12")).toEqual({ set: "vda", cpu: 12 });
    expect(setPlaceOf("a.b.blktrace.0.gz")).toEqual({ set: "a.b", cpu: 0 });
  });

  it("finds none in other names", () => {
    expect(setPlaceOf("merged.bin")).toBeNull();
    expect(setPlaceOf("vda.blktrace")).toBeNull();
  });
});

describe("isDiskName", () => {
  it("knows the kernel's names of disks and partitions", () => {
    for (const name of ["sda", "vda1", "nvme0n1", "nvme0n1p2", "dm-0", "md127", "mmcblk0p1", "sdaa"])
      expect(isDiskName(name), name).toBe(true);
  });

  it("takes no other set for one", () => {
    for (const name of ["trace", "full", "mask-write", "part63", "sd"]) expect(isDiskName(name), name).toBe(false);
  });
});

describe("byCpuAndName", () => {
  it("puts CPU 2 before CPU 10, whatever the set", () => {
    const names = ["vda.blktrace.10", "vda.blktrace.2", "dm-0.blktrace.10"];
    expect(names.sort(byCpuAndName)).toEqual(["vda.blktrace.2", "dm-0.blktrace.10", "vda.blktrace.10"]);
  });
});

describe("missingCpus", () => {
  it("names the holes in each set's numbers", () => {
    const names = ["a.blktrace.3", "a.blktrace.1", "b.blktrace.0", "b.blktrace.1", "c"];
    expect([...missingCpus(names)]).toEqual([["a", [0, 2]]]);
  });
});
