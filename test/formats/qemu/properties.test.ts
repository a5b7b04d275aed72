import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { qemuTrace } from "../../../src/formats/qemu/index.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";
import { asLog, asLogWithoutTimes, asSimple, asSimpletrace, type MadeEvent } from "./writeTrace.ts";

type Argument = MadeEvent["args"][number];
const pointer = (key: string, value: number): Argument => [key, 0x55d76c000000n + BigInt(value), "pointer"];
const decimal = (key: string, value: number): Argument => [key, BigInt(value), "decimal"];
const quoted = (key: string, value: string): Argument => [key, value, "decimal"];
const hex = (key: string, value: number): Argument => [key, BigInt(value), "hex"];

type Made = Omit<MadeEvent, "timeNs">;
const made = (name: string, ...args: Argument[]): Made => ({ name, args });

const few = fc.nat({ max: 3 });
const sector = fc.nat({ max: 2 ** 40 });
const event: fc.Arbitrary<Made> = fc.oneof(
  fc
    .tuple(few, sector, fc.constantFrom("read", "write"))
    .map(([req, at, op]) =>
      made(
        `virtio_blk_handle_${op}`,
        ...[pointer("vdev", req >> 1), pointer("req", req), decimal("sector", at), decimal("nsectors", 8)],
      ),
    ),
  fc
    .tuple(few, fc.constantFrom(0, 1))
    .map(([req, status]) =>
      made("virtio_blk_req_complete", pointer("vdev", req >> 1), pointer("req", req), decimal("status", status)),
    ),
  fc
    .tuple(few, fc.constantFrom(0, -5, -28))
    .map(([req, ret]) =>
      made("virtio_blk_rw_complete", pointer("vdev", req >> 1), pointer("req", req), decimal("ret", ret)),
    ),
  fc
    .tuple(few, sector, fc.constantFrom(0, 2, 0x10))
    .map(([bs, at, flags]) =>
      made(
        "blk_co_pwritev",
        ...[pointer("blk", 9), pointer("bs", bs), decimal("offset", at * 512), decimal("bytes", 4096)],
        hex("flags", flags),
      ),
    ),
  fc
    .tuple(few, fc.constantFrom("raw", "qcow2"))
    .map(([bs, format]) =>
      made(
        "bdrv_open_common",
        ...[pointer("bs", bs), quoted("filename", `disk ${bs}.img`), hex("flags", 0x2002)],
        quoted("format_name", format),
      ),
    ),
  fc.constant(made("kvm_run_exit", decimal("cpu_index", 0), decimal("reason", 2))),
);
/** Times go on by whole microseconds, which all writings have. */
const trace: fc.Arbitrary<readonly MadeEvent[]> = fc
  .array(fc.tuple(event, fc.nat({ max: 3e6 })), { maxLength: 60 })
  .map((steps) => {
    let timeNs = 0;
    return steps.map(([one, stepMicroseconds]) => {
      timeNs += stepMicroseconds * 1000;
      return { ...one, timeNs };
    });
  });

const encode = (text: string) => new TextEncoder().encode(text);
const WRITERS = {
  log: (events: readonly MadeEvent[]) => encode(asLog(events)),
  "log without times": (events: readonly MadeEvent[]) => encode(asLogWithoutTimes(events)),
  simpletrace: (events: readonly MadeEvent[]) => encode(asSimpletrace(events)),
  simple: asSimple,
};

async function read(bytes: Uint8Array, chunk?: number, batchRows = 65536, hints: ReadHints = {}): Promise<PlainTrace> {
  return readAll(qemuTrace, [inputFromBytes("trace", bytes, chunk)], { batchRows }, hints);
}

describe.each(Object.entries(WRITERS))("a generated %s", (_, write) => {
  it("gives the same whatever the pieces and batches", async () => {
    const chunk = fc.constantFrom(1, 7, 61, 4096);
    const property = fc.asyncProperty(trace, chunk, fc.constantFrom(1, 2, 7), async (events, chunkBytes, batchRows) => {
      const bytes = write(events);
      const { chunkRows: _whole, ...whole } = await read(bytes);
      const { chunkRows: _pieces, ...pieces } = await read(bytes, chunkBytes, batchRows);
      expect(pieces).toEqual(whole);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

it("is told alike by all that write times", async () => {
  const property = fc.asyncProperty(trace, async (events) => {
    const log = await read(WRITERS.log(events));
    for (const write of [WRITERS.simpletrace, WRITERS.simple]) {
      const other = await read(write(events));
      expect([other.requests, other.completions]).toEqual([log.requests, log.completions]);
      expect(other.end.devices).toEqual(log.end.devices);
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

it("has the requests of the layer that are in it, in their order", async () => {
  const property = fc.asyncProperty(trace, async (events) => {
    const bytes = WRITERS.log(events);
    for (const [layer, name] of [
      ["virtio-blk", /^virtio_blk_handle/],
      ["blk", /^blk_co/],
    ] as const) {
      const expected = events.filter((event) => name.test(event.name));
      if (expected.length === 0) continue;
      const { requests } = await read(bytes, 4096, 65536, { layer });
      expect(requests.map(({ offsetBytes }) => offsetBytes)).toEqual(
        expected.map(({ args }) => Number(args[2]![1]) * (layer === "blk" ? 1 : 512)),
      );
      expect(requests.map(({ issueNs }) => issueNs)).toEqual(
        expected.map(({ timeNs }) => timeNs - expected[0]!.timeNs),
      );
    }
  });
  await fc.assert(property, { numRuns: 100 });
});

it("completes each virtio-blk request once, after its issue, as a slow reading of the events does", async () => {
  const property = fc.asyncProperty(trace, async (events) => {
    const { completions } = await read(WRITERS.log(events));
    expect(completions.map(({ row, completeNs, issueNs }) => [row, completeNs - issueNs])).toEqual(answersOf(events));
  });
  await fc.assert(property, { numRuns: 200 });
});

/** Rows and latencies: the first completion after a request of its pointer, before the pointer's next request. */
function answersOf(events: readonly MadeEvent[]): number[][] {
  const open = new Map<bigint | string, { row: number; timeNs: number }>();
  const answers: number[][] = [];
  let row = 0;
  for (const { name, args, timeNs } of events) {
    if (name.startsWith("virtio_blk_handle")) open.set(args[1]![1], { row: row++, timeNs });
    if (!name.startsWith("virtio_blk_r")) continue;
    const request = open.get(args[1]![1]);
    open.delete(args[1]![1]);
    if (request !== undefined) answers.push([request.row, timeNs - request.timeNs]);
  }
  return answers;
}
