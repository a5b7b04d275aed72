import { readFileSync } from "node:fs";
import { type Table, tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { readParquet } from "parquet-wasm";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import type { ReadTrace } from "../../src/convert/extents.ts";
import { blktrace } from "../../src/formats/blktrace/index.ts";
import { COLUMNS } from "../../src/formats/parquet/layout.ts";
import { TraceBuilder } from "../../src/model/builder.ts";
import { inputFromBytes, type PlainTrace } from "../support/inputs.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { slowReader } from "../support/slowTrace.ts";
import { converted, convertedBy, EVERYTHING, goldenTraces, readerOf, readPlain, type TraceFile } from "./kit.ts";

const OF_BIOS = ["perBio", "btt", "seeks", "plugs", "iostat", "waitingAtQueue", "queueRuns"];
/** What a crash loses depends on flushes that were asked for and never became requests. */
const OF_NO_REQUEST = new Set([...OF_BIOS, "flushesRequested", "mergedBios", "passthrough", "durability"]);

/** The file as an independent reader (the Rust crate parquet, compiled to WebAssembly) sees it. */
function seenByArrow({ bytes }: TraceFile): Table {
  return tableFromIPC(readParquet(bytes).intoIPCStream());
}

function column(table: Table, name: string): unknown[] {
  return [...table.getChild(name)!].map((value) => (typeof value === "bigint" ? Number(value) : value));
}

/** What stays in the trace that was converted. */
const ROWS_ALONE = { bios: false, cgroup: false, plug: false };

/** What must survive: everything of the requests, completions in the order of rows, and what is known of the whole. */
function essence(trace: PlainTrace) {
  const { requests, completions, end } = trace;
  const { devices, processes, spans, messages, startUnixNs, recorded } = end;
  return {
    requests: requests.map(({ process, device, ...request }) => ({
      ...request,
      device: devices[device]!.id,
      process: processes[process],
      queueNs: recorded.queue ? request.queueNs : Number.NaN,
      mergedBios: recorded.merges ? request.mergedBios : 0,
    })),
    completions: completions.map(withoutDevice).sort((a, b) => a.row - b.row),
    devices,
    spans: spans.map(({ source, ...span }) => ({ ...span, source: source === "sideFile" ? "message" : source })),
    messages,
    startUnixNs,
    recorded: { ...recorded, ...ROWS_ALONE },
  };
}

/** Where nobody knows when a request was issued, its completion has no latency, and its time is left out. */
function withoutDevice({ device: _, ...completion }: PlainTrace["completions"][number]) {
  const unknown = Number.isNaN(completion.completeNs - completion.issueNs);
  return unknown ? { ...completion, issueNs: Number.NaN, completeNs: Number.NaN } : completion;
}

describe.each(goldenTraces().map((file) => [file.name, file] as const))("%s as Parquet", (_, file) => {
  it("reads back as the same requests, completions, devices and spans", async () => {
    const { file: parquet } = await converted(file, "parquet", { scope: EVERYTHING });
    expect(essence(await readPlain(parquet))).toEqual(essence(await readPlain(file)));
  });

  it("says the same to another reader", async () => {
    const { requests, end } = await readPlain(file);
    const table = seenByArrow((await converted(file, "parquet", { scope: EVERYTHING })).file);
    expect(table.numRows).toBe(requests.length);
    if (requests.length === 0) return;
    expect(table.schema.fields.map(({ name }) => name)).toEqual(COLUMNS.map(({ name }) => name));
    expect(column(table, "op")).toEqual(requests.map(({ op }) => op));
    expect(column(table, "offset_bytes")).toEqual(requests.map(({ offsetBytes }) => offsetBytes));
    expect(column(table, "length_bytes")).toEqual(requests.map(({ lengthBytes }) => lengthBytes));
    const times = requests.map(({ issueNs }) => (end.recorded.clock ? issueNs : null));
    expect(column(table, "issue_ns")).toEqual(times);
    expect(column(table, "device")).toEqual(requests.map(({ device }) => end.devices[device]!.name));
  });
});

/** The figures of a trace, but those of what is no request: bios and events. */
async function figures(read: ReadTrace) {
  const { scopes, defaultScope } = await analyse(read);
  const text = JSON.stringify({ defaultScope, scopes }, (key, value) => (OF_NO_REQUEST.has(key) ? null : value));
  return JSON.parse(text);
}

describe("the figures of a Parquet file", () => {
  it.each(["nbdkit-mkfs-marked", "nbdkit-two-exports", "qtr-one-write-marked"])("are those of %s", async (name) => {
    const file = goldenTraces().find((trace) => trace.name.startsWith(name))!;
    const { file: parquet } = await converted(file, "parquet");
    expect(await figures(readerOf(parquet))).toEqual(await figures(readerOf(file)));
  });

  it.each(["filesystems/mkfs-xfs", "devices/io-errors"])("are those of the blktrace recording %s", async (set) => {
    const read: ReadTrace = async (consume) => {
      const builder = new TraceBuilder(consume);
      const names = [0, 1].map((cpu) => `traces/${set}.blktrace.${cpu}`);
      await blktrace.read(
        names.map((name) => inputFromBytes(name, readFileSync(name))),
        builder,
        {},
      );
      return builder.finish();
    };
    const { file: parquet } = await convertedBy(read, "parquet");
    expect(await figures(readerOf(parquet))).toEqual(await figures(read));
  });

  it("are those of any trace: devices, spans that nest, requests that never end, columns that are missing", async () => {
    const property = fc.asyncProperty(randomTrace, fc.integer({ min: 1, max: 40 }), async (trace, batchRows) => {
      const devices = trace.devices.map((device) => ({ ...device, stacked: false }));
      const lowest = { ...trace, devices, recorded: { ...trace.recorded, ...ROWS_ALONE, clock: true } };
      const { file } = await convertedBy(slowReader(lowest, batchRows), "parquet");
      expect(await figures(readerOf(file))).toEqual(await figures(slowReader(lowest)));
    });
    await fc.assert(property, { numRuns: 15 });
  });
});
