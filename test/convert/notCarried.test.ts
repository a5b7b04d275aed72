import { describe, expect, it } from "vitest";
import { TARGETS } from "../../src/convert/index.ts";
import { notCarried } from "../../src/convert/notCarried.ts";
import type { Span } from "../../src/model/batch.ts";
import type { Recorded } from "../../src/model/trace.ts";

const ALL: Recorded = {
  clock: true,
  completion: true,
  queue: true,
  merges: true,
  bios: true,
  process: true,
  cgroup: true,
  plug: true,
  flags: true,
  error: true,
};
const NOTHING = Object.fromEntries(Object.keys(ALL).map((key) => [key, false])) as unknown as Recorded;

const span = (source: Span["source"]): Span => ({ name: "a", source, fromRow: 0, toRow: 1, fromNs: 0, toNs: 1 });

function notes(id: string, recorded: Recorded, spans: Span[] = [], messages = 0): string[] {
  const texts = Array.from({ length: messages }, (_, row) => ({ timeNs: row, row, text: "hello" }));
  const source = { recorded, spans, messages: texts, selected: [], extents: new Map(), devices: [], processes: [] };
  return notCarried(TARGETS.find((target) => target.id === id)!, { ...source, startUnixNs: null });
}

describe("what a target has no place for", () => {
  it.each([
    ["qtr", "times, completions, queue times, merges, bios, processes, cgroups, plugs, flags and errors"],
    ["fio-iolog", "completions, queue times, merges, bios, processes, cgroups, plugs, flags and errors"],
    ["csv", "merges, bios, cgroups and plugs"],
    ["parquet", "bios, cgroups and plugs"],
  ])("%s: the columns, once", (id, words) => {
    expect(notes(id, ALL)).toEqual([expect.stringMatching(`has no ${words}: left out$`)]);
  });

  it.each(TARGETS.map(({ id }) => id))("%s: nothing of what the trace does not record", (id) => {
    expect(notes(id, NOTHING)).toEqual([]);
  });

  it("counts spans and messages, but for spans whose marks are reads", () => {
    const spans = [span("message"), span("sideFile"), span("qtrace")];
    expect(notes("csv", NOTHING, spans, 1)).toEqual(["csv has no spans and messages: 2 spans and 1 message left out"]);
    expect(notes("csv", NOTHING, [span("qtrace")])).toEqual([]);
    expect(notes("parquet", NOTHING, spans, 1)).toEqual([]);
  });
});
