import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLOCK_EVENT, BlockEventAssembler, deviceNumber } from "../../../src/formats/blockEvents/index.ts";
import { TraceBuilder } from "../../../src/model/builder.ts";
import { FLAG, OP_CODE, type Op } from "../../../src/model/ops.ts";
import { collector, type PlainTrace } from "../../support/inputs.ts";

const SDA = deviceNumber(8, 0);
const DM = deviceNumber(253, 0);
const NAMES = {
  Q: "queue",
  G: "getRequest",
  I: "insert",
  M: "merge",
  D: "issue",
  R: "requeue",
  C: "complete",
  X: "split",
  A: "remap",
  P: "passthrough",
} as const;

interface Given {
  readonly device?: number;
  readonly op?: Op;
  readonly flags?: number;
  readonly extra?: number;
  readonly error?: number;
}
/** A letter of blkparse, time, sector, number of sectors. */
type Event = readonly [letter: keyof typeof NAMES, timeNs: number, sector: number, sectors: number, given?: Given];

function assemble(events: readonly Event[]): PlainTrace {
  const { consume, trace } = collector();
  const out = new TraceBuilder(consume, { batchRows: 64 });
  const assembler = new BlockEventAssembler(out);
  for (const [letter, timeNs, sector, sectors, given = {}] of events) {
    const { device = SDA, op = "write", flags = 0, extra = 0, error = 0 } = given;
    const kind = BLOCK_EVENT[NAMES[letter]];
    const index = assembler.device(device);
    const [offset, length] = [sector * 512, sectors * 512];
    assembler.add(kind, index, OP_CODE[op], flags, offset, length, timeNs, 0, 0, error, extra);
  }
  assembler.finish();
  return { ...trace, end: out.finish() };
}

const dm = { device: DM };
const flush = { op: "flush" } as const;

describe("a request", () => {
  it("is what was issued, with the bios merged into it counted", () => {
    const { requests, completions, bios } = assemble([
      ["Q", 10, 8, 8],
      ["G", 11, 8, 8],
      ["Q", 12, 16, 8],
      ["M", 13, 16, 8],
      ["Q", 14, 0, 8],
      ["M", 15, 0, 8],
      ["I", 16, 0, 24],
      ["D", 20, 0, 24],
      ["C", 50, 0, 24],
    ]);
    expect(requests).toMatchObject([{ offsetBytes: 0, lengthBytes: 12288, issueNs: 0, queueNs: -10, mergedBios: 2 }]);
    expect(completions).toMatchObject([{ getRequestNs: -9, insertNs: -4, completeNs: 30 }]);
    expect(bios).toMatchObject([
      { queueNs: -6, getRequestNs: Number.NaN, insertNs: Number.NaN, mergeNs: -5, issueNs: 0, completeNs: 30 },
      { queueNs: -10, getRequestNs: -9, insertNs: -4, mergeNs: Number.NaN, issueNs: 0, completeNs: 30 },
      { queueNs: -8, getRequestNs: Number.NaN, insertNs: Number.NaN, mergeNs: -7, issueNs: 0, completeNs: 30 },
    ]);
  });

  it("has the flags of its bios, which the issue lost", () => {
    const { requests, events } = assemble([
      ["Q", 0, 0, 8, { flags: FLAG.preflush | FLAG.fua | FLAG.sync }],
      ["D", 5, 0, 8, { flags: FLAG.sync }],
    ]);
    expect(requests).toMatchObject([{ flags: FLAG.preflush | FLAG.fua | FLAG.sync }]);
    expect(events.map(({ kind }) => kind)).toEqual(["flushRequested", "bioQueued"]);
  });

  it("needs no queue events", () => {
    const { requests, bios, end } = assemble([
      ["D", 0, 0, 8],
      ["C", 5, 0, 8],
    ]);
    expect(requests).toMatchObject([{ queueNs: Number.NaN, mergedBios: 0 }]);
    expect(bios).toEqual([]);
    expect(end.recorded).toMatchObject({ queue: false, completion: true });
  });

  it("pairs with its completion by place, length and op, first in first out", () => {
    const { completions, end } = assemble([
      ["D", 0, 0, 8],
      ["D", 1, 0, 8, { op: "read" }],
      ["D", 2, 0, 16],
      ["D", 3, 0, 8],
      ["C", 10, 0, 8],
      ["C", 20, 0, 8],
      ["C", 30, 0, 16],
      ["C", 40, 0, 8, { op: "read" }],
    ]);
    expect(completions.map(({ row, completeNs }) => [row, completeNs])).toEqual([
      [0, 10],
      [3, 20],
      [2, 30],
      [1, 40],
    ]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0, partialCompletions: 0 });
  });

  it("is without completion in a trace that records none, and that is no fault", () => {
    const { end } = assemble([["D", 0, 0, 8]]);
    expect(end.quality.unmatchedIssues).toBe(0);
    expect(end.recorded.completion).toBe(false);
  });
});

describe("a bio that was split", () => {
  it("becomes the bios of two requests", () => {
    const { requests, bios, events } = assemble([
      ["Q", 0, 0, 24, { flags: FLAG.fua }],
      ["X", 1, 0, 16, { extra: 16 * 512 }],
      ["G", 2, 0, 16],
      ["G", 3, 16, 8],
      ["D", 10, 0, 16],
      ["D", 11, 16, 8],
      ["C", 20, 0, 16],
      ["C", 21, 16, 8],
    ]);
    expect(requests.map(({ queueNs, flags }) => [queueNs, flags])).toEqual([
      [-10, FLAG.fua],
      [-10, FLAG.fua],
    ]);
    expect(bios.map(({ lengthBytes, getRequestNs }) => [lengthBytes, getRequestNs])).toEqual([
      [8192, -8],
      [4096, -7],
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(["bioQueued", "split"]);
  });
});

describe("a requeue", () => {
  it("cancels its issue: the next one with the same key goes on with the row", () => {
    const { requests, completions, bios, end } = assemble([
      ["Q", 0, 0, 8],
      ["D", 10, 0, 8],
      ["R", 20, 0, 8],
      ["D", 30, 0, 8],
      ["C", 45, 0, 8],
    ]);
    expect(requests).toMatchObject([{ issueNs: 0 }]);
    expect(completions).toMatchObject([{ row: 0, queueNs: -10, issueNs: 20, completeNs: 35 }]);
    expect(bios).toMatchObject([{ queueNs: -10, issueNs: 20, completeNs: 35 }]);
    expect(end.quality).toMatchObject({ requeues: 1, unmatchedIssues: 0, unmatchedCompletions: 0 });
  });

  it("before any issue is counted and changes nothing", () => {
    const { requests, end } = assemble([
      ["Q", 0, 0, 8],
      ["R", 5, 0, 8],
      ["D", 10, 0, 8],
      ["C", 12, 0, 8],
    ]);
    expect(requests).toHaveLength(1);
    expect(end.quality).toMatchObject({ requeues: 1, unmatchedIssues: 0, unmatchedCompletions: 0 });
  });

  it("after a part was complete hands back the rest", () => {
    const { requests, completions, end } = assemble([
      ["D", 0, 0, 16],
      ["C", 5, 0, 8],
      ["R", 6, 8, 8],
      ["D", 7, 8, 8],
      ["C", 9, 8, 8],
    ]);
    expect(requests).toMatchObject([{ lengthBytes: 8192 }]);
    expect(completions).toMatchObject([{ offsetBytes: 0, lengthBytes: 8192, issueNs: 7, completeNs: 9 }]);
    expect(end.quality).toMatchObject({ requeues: 1, partialCompletions: 1, unmatchedIssues: 0 });
  });
});

describe("a partial completion", () => {
  it("advances the request, which completes with its last byte", () => {
    const { completions, end } = assemble([
      ["D", 0, 0, 24],
      ["C", 5, 0, 8],
      ["C", 6, 8, 8, { error: 5 }],
      ["C", 9, 16, 8],
    ]);
    expect(completions).toMatchObject([{ row: 0, offsetBytes: 0, lengthBytes: 12288, completeNs: 9, error: 5 }]);
    expect(end.quality).toMatchObject({ partialCompletions: 2, unmatchedCompletions: 0, unmatchedIssues: 0 });
  });
});

describe("flushes", () => {
  it("are counted when requested and when issued; the end of their sequence is neither", () => {
    const { requests, completions, events, end } = assemble([
      ["Q", 0, 0, 0, flush],
      ["D", 5, 0, 0, flush],
      ["C", 9, 2 ** 40, 0, flush],
      ["C", 10, 0, 0, { op: "other" }],
    ]);
    expect(requests).toMatchObject([{ op: "flush", offsetBytes: 0, lengthBytes: 0, queueNs: Number.NaN }]);
    expect(completions).toMatchObject([{ op: "flush", completeNs: 4 }]);
    expect(events).toMatchObject([{ kind: "flushRequested" }]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0 });
  });
});

describe("a device that issues nothing", () => {
  const stacked: Event[] = [
    ["Q", 0, 100, 8, dm],
    ["A", 1, 2148, 8, { extra: DM }],
    ["Q", 2, 2148, 8],
    ["D", 3, 2148, 8],
    ["C", 8, 2148, 8],
    ["C", 9, 100, 8, dm],
    ["Q", 20, 200, 8, dm],
    ["A", 21, 2248, 8, { extra: DM }],
    ["Q", 22, 2248, 8],
    ["D", 23, 2248, 8],
  ];

  it("has its queued bios as requests, in order with the others", () => {
    const { requests, completions, bios, end } = assemble(stacked);
    expect(requests.map(({ device, issueNs }) => [end.devices[device]!.id, issueNs])).toEqual([
      ["253,0", 0],
      ["8,0", 3],
      ["253,0", 20],
      ["8,0", 23],
    ]);
    expect(completions.map(({ row, completeNs }) => [row, completeNs])).toEqual([
      [1, 8],
      [0, 9],
    ]);
    expect(bios[1]).toMatchObject({ row: 0, queueNs: 0, issueNs: Number.NaN, completeNs: 9 });
  });

  it("stands on one that does", () => {
    const { end } = assemble(stacked);
    expect(end.devices.map(({ id, stacked }) => [id, stacked])).toEqual([
      ["253,0", true],
      ["8,0", false],
    ]);
  });

  it("stands on nothing when it is alone", () => {
    const { requests, end } = assemble([
      ["Q", 0, 0, 8, dm],
      ["Q", 3, 0, 0, { ...dm, op: "flush" }],
      ["C", 5, 0, 0, { ...dm, op: "flush" }],
      ["C", 6, 0, 8, dm],
    ]);
    expect(requests.map(({ op }) => op)).toEqual(["write", "flush"]);
    expect(end.devices).toMatchObject([{ stacked: false }]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0 });
  });

  it("stands on another of its kind when its bios come out there", () => {
    const upper = deviceNumber(253, 1);
    const { end } = assemble([
      ["Q", 0, 0, 8, { device: upper }],
      ["A", 1, 8, 8, { ...dm, extra: upper }],
      ["Q", 2, 8, 8, dm],
    ]);
    expect(end.devices.map(({ id, stacked }) => [id, stacked])).toEqual([
      ["253,1", true],
      ["253,0", false],
    ]);
  });

  it("is no partition: those have no requests of their own", () => {
    const { end } = assemble([
      ["A", 0, 2048, 8, { extra: deviceNumber(8, 1) }],
      ["Q", 1, 2048, 8],
      ["D", 2, 2048, 8],
    ]);
    expect(end.devices.map(({ id, stacked }) => [id, stacked])).toEqual([["8,0", false]]);
  });
});

describe("the wait for a first issue", () => {
  const queued = (count: number): Event[] => Array.from({ length: count }, (_, i) => ["Q", i, i * 8, 8] as const);

  it("takes as many bios as a queue may hold", () => {
    const count = 60_000;
    const { requests } = assemble([...queued(count), ["D", count, 0, 8]]);
    expect(requests).toMatchObject([{ queueNs: -count }]);
  });

  it("has an end: then the queued bios are the requests, and late issues are told", () => {
    const count = 2 ** 18;
    const { requests, end } = assemble([...queued(count), ["D", count, 0, 8], ["C", count + 1, 0, 8]]);
    expect(requests).toHaveLength(count);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["issued-late"]);
  });
});

describe("a device that begins while others are held", () => {
  it("has its own time to issue", () => {
    const { requests, end } = assemble([
      ...Array.from({ length: 2 ** 18 - 1 }, (_, i): Event => ["Q", i, i * 8, 8, dm]),
      ["Q", 2 ** 18, 0, 8],
      ["D", 2 ** 18 + 1, 0, 8],
    ]);
    expect(requests).toHaveLength(2 ** 18);
    expect(requests.at(-1)).toMatchObject({ issueNs: 2 ** 18 + 1, queueNs: 2 ** 18 });
    expect(end.quality.notes).toEqual([]);
  });
});

describe("what has no partner", () => {
  it("is said of completions alone", () => {
    const { requests, end } = assemble([["C", 0, 0, 8]]);
    expect(requests).toEqual([]);
    expect(end.quality.unmatchedCompletions).toBe(1);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["completions-only"]);
  });

  it("is said of bios that ended or stayed without having been issued", () => {
    const { end } = assemble([
      ["D", 0, 800, 8],
      ["Q", 1, 0, 8],
      ["C", 2, 0, 8, { error: 11 }],
      ["Q", 3, 64, 8],
    ]);
    expect(end.quality.unmatchedCompletions).toBe(0);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["bios-not-issued", "bios-ended-unissued"]);
  });
});

describe("the usual life of a read or a write", () => {
  const life = fc.record({
    letters: fc.constantFrom("QGDC", "QGIDC", "QDC", "QIGDC", "QMGDC", "QGIIDC", "QGDCC", "DC", "QG", "QGDRDC"),
    isWrite: fc.boolean(),
    sector: fc.integer({ min: 0, max: 2 }).map((i) => i * 8),
    sectors: fc.constantFrom(8, 16),
    flags: fc.constantFrom(0, FLAG.sync),
    error: fc.constantFrom(0, 0, 5),
    startNs: fc.integer({ min: 0, max: 500 }),
    stepNs: fc.integer({ min: 1, max: 200 }),
  });
  type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

  function eventsOf(lives: readonly Life[], ops: readonly [Op, Op]): Event[] {
    const events = lives.flatMap(({ letters, isWrite, sector, sectors, flags, error, startNs, stepNs }) =>
      [...letters].map((letter, i): Event => {
        const given = {
          op: ops[Number(isWrite)]!,
          flags: letter === "Q" ? flags : 0,
          error: letter === "C" ? error : 0,
        };
        return [letter as Event[0], startNs + i * stepNs, sector, sectors, given];
      }),
    );
    return events.sort((a, b) => a[1] - b[1]);
  }

  it("gives what the same events of other ops give, which are taken in smaller steps", () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 40 }), (lives) => {
        const usual = assemble(eventsOf(lives, ["read", "write"]));
        const inSteps = assemble(eventsOf(lives, ["discard", "writeZeroes"]));
        const withoutOp = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ ...row, op: undefined }));
        expect(withoutOp(usual.requests)).toEqual(withoutOp(inSteps.requests));
        expect(withoutOp(usual.completions)).toEqual(withoutOp(inSteps.completions));
        expect(withoutOp(usual.bios)).toEqual(withoutOp(inSteps.bios));
        expect(withoutOp(usual.events)).toEqual(withoutOp(inSteps.events));
        expect(usual.end.quality).toEqual(inSteps.end.quality);
      }),
      { numRuns: 100 },
    );
  });
});
