import { describe, expect, it } from "vitest";
import { OPS } from "../../../src/model/ops.ts";
import { recordedSummary } from "../../charts/time/summaries.ts";

const DATA = ["read", "write", "discard", "secureErase", "writeZeroes", "zoneAppend"];

/** Recordings of one device whose every request the Summary lists. */
const LISTED = ["databases/sqlite-wal", "filesystems/ext4-life", "disk-4k/part63"];

async function figuresOf(name: string) {
  const { sequence, scopes } = await recordedSummary(name);
  const result = scopes["whole"]?.processAccesses;
  if (!result?.ok || !sequence.complete) throw new Error(`${name} does not list its requests`);
  const requests = sequence.requests
    .map(([op, offset, length, issueNs, , , process]) => ({
      op: OPS[op!]!,
      offset: offset!,
      length: length!,
      issueNs: issueNs!,
      name: process === null ? "" : sequence.processes[process!]!,
    }))
    .filter(({ op, length }) => DATA.includes(op) && length > 0);
  return { value: result.value, requests };
}

describe.each(LISTED)("what each process touched in %s", (recording) => {
  it("is each request, in every cell that it touches", async () => {
    const { value, requests } = await figuresOf(recording);
    const { timeStartNs, timeBinNs, addressStartBytes, addressBinBytes } = value;
    for (const { name, requests: count, cells } of value.processes) {
      const own = requests.filter((request) => request.name === name);
      const touched = new Map<string, number>();
      for (const { issueNs, offset, length } of own) {
        const time = Math.floor((issueNs - timeStartNs) / timeBinNs);
        const last = Math.floor((offset + length - 1 - addressStartBytes) / addressBinBytes);
        for (let bin = Math.floor((offset - addressStartBytes) / addressBinBytes); bin <= last; bin++)
          touched.set(`${time} ${bin}`, (touched.get(`${time} ${bin}`) ?? 0) + 1);
      }
      const ours = new Map<string, number>();
      for (let i = 0; i < cells.length; i += 3) ours.set(`${cells[i]} ${cells[i + 1]}`, cells[i + 2]!);
      expect([name, count]).toEqual([name, own.length]);
      expect(ours).toEqual(touched);
    }
  });

  it("names the five with the most requests, and leaves none out", async () => {
    const { value, requests } = await figuresOf(recording);
    const counts = new Map<string, number>();
    for (const { name } of requests) counts.set(name, (counts.get(name) ?? 0) + 1);
    const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    expect(value.processes.map(({ name }) => name)).toEqual(ranked.slice(0, 5).map(([name]) => name));
    const named = value.processes.reduce((sum, each) => sum + each.requests, 0);
    expect(named + value.others.requests).toBe(requests.length);
  });
});
