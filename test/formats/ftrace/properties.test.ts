import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ftrace } from "../../../src/formats/ftrace/index.ts";
import { perfScript } from "../../../src/formats/perfScript/index.ts";
import { inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";
import { ours, slow } from "../blktrace/compare.ts";
import { slowEventText } from "./slowEventText.ts";

/** An event, before anybody prints it. */
interface Made {
  readonly event: "block_bio_queue" | "block_rq_issue" | "block_rq_complete";
  readonly letters: string;
  readonly minor: number;
  readonly sector: number;
  readonly sectors: number;
  readonly pid: number;
  readonly cpu: number;
  readonly microseconds: number;
}

/** A life of a request; many of them share sectors and overlap in time. */
const life = fc.record({
  letters: fc.constantFrom("R", "RA", "WS", "FWFSM", "DS", "NS", "FF"),
  minor: fc.constantFrom(0, 16),
  sector: fc.integer({ min: 0, max: 3 }).map((i) => i * 8),
  sectors: fc.constantFrom(8, 16),
  pid: fc.integer({ min: 1, max: 99_999 }),
  cpus: fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 3, maxLength: 3 }),
  start: fc.integer({ min: 0, max: 3_000_000 }),
  steps: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 3, maxLength: 3 }),
});
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

function eventsOf(lives: readonly Life[]): Made[] {
  const events = lives.flatMap(({ letters, minor, sector, sectors, pid, cpus, start, steps }, number): Made[] => {
    const place = letters === "FF" ? { sector: 0, sectors: 0 } : { sector, sectors };
    let clock = start * lives.length + number;
    return (["block_bio_queue", "block_rq_issue", "block_rq_complete"] as const).map((event, i) => {
      clock += steps[i]! * lives.length;
      return { event, letters, minor, ...place, pid, cpu: cpus[i]!, microseconds: clock };
    });
  });
  return events.sort((a, b) => a.microseconds - b.microseconds);
}

function seconds({ microseconds }: Made): string {
  return `${100 + Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, "0")}`;
}

function printed({ event, letters, minor, sector, sectors }: Made, priority: string): string {
  const head = `8,${minor} ${letters}`;
  const range = `${sector} + ${sectors}`;
  if (event === "block_bio_queue") return `${head} ${range} [dd]`;
  if (event === "block_rq_issue") return `${head} ${sectors * 512} () ${range}${priority} [dd]`;
  return `${head} () ${range}${priority} [0]`;
}

function fields({ event, letters, minor, sector, sectors }: Made): string {
  const head = `dev=${(8 << 20) + minor} sector=${sector} nr_sector=${sectors}`;
  if (event === "block_bio_queue") return `${head} rwbs=${letters} comm=dd`;
  if (event === "block_rq_issue") return `${head} bytes=${sectors * 512} rwbs=${letters} comm=dd cmd=`;
  return `${head} error=0 rwbs=${letters} cmd=`;
}

function task({ pid, cpu }: Made): string {
  return `${`dd-${pid}`.padStart(20)} [${String(cpu).padStart(3, "0")}]`;
}

const FORMS: Record<string, (made: Made) => string> = {
  ftrace: (made) => `${task(made)} .....  ${seconds(made)}: ${made.event}: ${printed(made, "")}`,
  "ftrace with priorities": (made) =>
    `${task(made)} d.h1.  ${seconds(made)}: ${made.event}: ${printed(made, " be,0,4")}`,
  "trace-cmd": (made) => `${task(made)}  ${seconds(made)}: ${`${made.event}:`.padEnd(22)}${printed(made, "")}`,
  "trace-cmd -R": (made) => `${task(made)}  ${seconds(made)}: ${`${made.event}:`.padEnd(22)}${fields(made)}`,
  "perf script": (made) =>
    `dd ${made.pid} [${made.cpu}] ${seconds(made)}:  block:${made.event}: ${printed(made, " 0x2,0,4")}`,
};

async function read(form: string, text: string, chunkBytes: number, batchRows: number): Promise<PlainTrace> {
  const format = form === "perf script" ? perfScript : ftrace;
  return readAll(format, [inputFromText("t", text, chunkBytes)], { batchRows });
}

describe.each(Object.entries(FORMS))("any workload as %s prints it", (form, print) => {
  it("gives the requests of the slow reader, from any pieces and in any batches", async () => {
    const lives = fc.array(life, { minLength: 1, maxLength: 40 });
    const property = fc.asyncProperty(
      lives,
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 99 }),
      async (made, chunkBytes, batchRows) => {
        const text = `${eventsOf(made).map(print).join("\n")}\n`;
        const { chunkRows: _, ...trace } = await read(form, text, chunkBytes, batchRows);
        expect(ours({ ...trace, chunkRows: [] })).toEqual(slow(slowEventText(text)));
        expect(trace.end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0, clockSteps: 0 });
        const { chunkRows: __, ...whole } = await read(form, text, text.length, 65_536);
        expect(trace).toEqual(whole);
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });
});

it("any two forms of a workload are the same trace", async () => {
  const property = fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 30 }), async (made) => {
    const events = eventsOf(made);
    const traces = await Promise.all(
      Object.entries(FORMS).map(([form, print]) => read(form, `${events.map(print).join("\n")}\n`, 4096, 64)),
    );
    for (const trace of traces) expect(trace).toEqual(traces[0]);
  });
  await fc.assert(property, { numRuns: 30 });
});
