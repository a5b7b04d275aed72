import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cgroups as chart } from "../../src/charts/cgroups.ts";
import type { Figure } from "../../src/charts/chart.ts";
import type { SideFile } from "../../src/report/sideFile.ts";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { inputFromBytes } from "../support/inputs.ts";

const FILES = [0, 1].map((cpu) => join(import.meta.dirname, `../golden/blktrace/cgroup/trace.blktrace.${cpu}`));

function summaryOf(side: SideFile) {
  const files = FILES.map((name) => ({ name, bytes: 0, sha256: "" }));
  const request = { slug: "a", title: "a", format: "blktrace", files, side, sideFileName: "a.json" };
  return summarizeTrace(request, () => FILES.map((path) => inputFromBytes(path, readFileSync(path))));
}

const QUEUE = 1;
const ISSUE = 7;
const SPLIT = 13;
const IS = { cgroup: 0x100, write: 2 << 16, passthrough: 0x200 << 16, discard: 0x2000 << 16 };

/** Requests and bytes of the D records, byte for byte as struct blk_io_trace has them, by their cgroup. */
function slowCount(): Map<string, { requests: number; readBytes: number; writtenBytes: number }> {
  const found = new Map<string, { requests: number; readBytes: number; writtenBytes: number }>();
  for (const bytes of FILES.map((path) => readFileSync(path))) {
    for (let at = 0; at + 48 <= bytes.length; at += 48 + bytes.readUInt16LE(at + 46)) {
      const action = bytes.readUInt32LE(at + 28);
      if ((action & 0xff) !== ISSUE || (action & IS.passthrough) !== 0) continue;
      const id = (action & IS.cgroup) === 0 ? "not recorded" : String(bytes.readBigUInt64LE(at + 48));
      const share = found.get(id) ?? { requests: 0, readBytes: 0, writtenBytes: 0 };
      const length = (action & IS.discard) === 0 ? bytes.readUInt32LE(at + 24) : 0;
      share.requests++;
      share[(action & IS.write) === 0 ? "readBytes" : "writtenBytes"] += length;
      found.set(id, share);
    }
  }
  return found;
}

/** Bios by their cgroup: the Q records with bytes, and one more for each that was cut in two. */
function slowBios(): Map<string, number> {
  const found = new Map<string, number>();
  for (const bytes of FILES.map((path) => readFileSync(path))) {
    for (let at = 0; at + 48 <= bytes.length; at += 48 + bytes.readUInt16LE(at + 46)) {
      const action = bytes.readUInt32LE(at + 28);
      if (![QUEUE, SPLIT].includes(action & 0xff) || (action & IS.cgroup) === 0 || bytes.readUInt32LE(at + 24) === 0)
        continue;
      const id = String(bytes.readBigUInt64LE(at + 48));
      found.set(id, (found.get(id) ?? 0) + 1);
    }
  }
  return found;
}

describe("cgroups", () => {
  it("have the requests and bytes of their D records, counted one by one", async () => {
    const { scopes } = await summaryOf({});
    const { cgroups } = scopes["whole"]!;
    const value = cgroups?.ok ? cgroups.value : null;
    const shares = value?.cgroups.map(({ name, requests, readBytes, writtenBytes }) => [
      name,
      { requests, readBytes, writtenBytes },
    ]);
    expect(new Map(shares as never)).toEqual(slowCount());
    expect(value?.cgroups.map(({ ids }) => ids)).toEqual([["23"], ["43"], ["1"], []]);
    expect(value?.others.names).toBe(0);
  });

  it("have btt's phases of the bios that were queued for them", async () => {
    const { scopes } = await summaryOf({});
    const { btt } = scopes["whole"]!;
    const { byCgroup, phases } = (btt?.ok ? btt.value : null)!;
    const d2c = phases.d2c!;
    expect(new Map(byCgroup.map(({ name, bios }) => [name, bios]))).toEqual(slowBios());
    const count = byCgroup.reduce((sum, one) => sum + (one.phases.d2c?.count ?? 0), 0);
    const totalNs = byCgroup.reduce((sum, one) => sum + one.phases.d2c!.count * one.phases.d2c!.meanNs, 0);
    expect(count).toBe(d2c.count);
    expect(totalNs / (d2c.count * d2c.meanNs)).toBeCloseTo(1, 9);
  });

  it("take the names of the side file, and are together under one name", async () => {
    const { scopes } = await summaryOf({ cgroups: { 23: "/jobs", 43: "/jobs", 1: "/" } });
    expect(scopes["whole"]!.cgroups).toMatchObject({
      value: {
        cgroups: [
          { name: "/jobs", ids: ["23", "43"], requests: 67 },
          { name: "/", requests: 32 },
          { name: "not recorded", requests: 21 },
        ],
      },
    });
  });
});

describe("the chart of cgroups", () => {
  it("names them as the chart of processes does its own", async () => {
    const figure = chart.figure(await summaryOf({ cgroups: { 23: "/cg/grpA" } }), "whole") as Figure;
    expect(figure.answer).toMatch(/^3 cgroups: \/cg\/grpA reads 2\.0 MiB and writes 2\.0 MiB, with 39 %/);
    expect(figure.table.rows.map(([name, ids]) => [name, ids])).toEqual([
      ["/cg/grpA", "23"],
      ["43", "43"],
      ["1", "1"],
      ["not recorded", ""],
    ]);
  });
});
