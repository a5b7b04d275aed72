import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ftrace } from "../../../src/formats/ftrace/index.ts";
import { perfScript } from "../../../src/formats/perfScript/index.ts";
import { PRIORITY } from "../../../src/model/ops.ts";
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
  "ftrace with priorities and thread groups": (made) =>
    `${task(made).replace(" [", " (  16753) [")} d.h1.  ${seconds(made)}: ${made.event}: ${printed(made, " be,0,4")}`,
  "trace-cmd": (made) => `${task(made)}  ${seconds(made)}: ${`${made.event}:`.padEnd(22)}${printed(made, "")}`,
  "trace-cmd -R": (made) => `${task(made)}  ${seconds(made)}: ${`${made.event}:`.padEnd(22)}${fields(made)}`,
  "perf script": (made) =>
    `dd ${made.pid} [${made.cpu}] ${seconds(made)}:  block:${made.event}: ${printed(made, " 0x2,0,4")}`,
};
const WITH_PRIORITIES = ["ftrace with priorities and thread groups", "perf script"];

function formatOf(form: string): typeof ftrace | typeof perfScript {
  return form === "perf script" ? perfScript : ftrace;
}

async function read(form: string, text: string, chunkBytes: number, batchRows: number): Promise<PlainTrace> {
  return readAll(formatOf(form), [inputFromText("t", text, chunkBytes)], { batchRows });
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

/** So many lines that the few odd ones do not make the trace one that is not understood. */
const MANY = 300;
/** Something that may be wrong with a line, at some place of it. */
const oddity = fc.record({
  line: fc.nat(MANY - 1),
  at: fc.nat(100),
  length: fc.constantFrom(0, 0, 1, 2, 14),
  text: fc.constantFrom("", " ", "\t", "7", "[", "]", ":", "(0) ", "X", "N", "[001] ", "123456789012", "8,1 "),
});

/** The events of lives over and over, and beside them others that the block layer has. */
function manyLines(lives: readonly Life[], print: (made: Made) => string): string[] {
  const lines = eventsOf(lives).flatMap((made, i) => {
    const line = print(made);
    const bio = line.replace(/block_.*/, "");
    if (i % 4 === 0) return [line, `${bio}block_bio_remap: 8,0 WS ${made.sector + 2048} + 8 <- (8,1) ${made.sector}`];
    if (i % 4 === 1) return [`${bio}block_bio_backmerge: 8,0 WS ${made.sector} + 8 [a [b] c]`, line];
    if (i % 4 === 2) return [line, `${bio}block_io_start: 8,0 W 4096 () 8 + 8 be,0,4 [dd]`];
    return [`${bio}block_rq_insert: 8,0 W 4096 () ${made.sector} + 8 [dd]`, line];
  });
  return Array.from({ length: MANY }, (_, i) => lines[i % lines.length]!);
}

/** What reading comes to, whether it is refused or not. */
async function outcome(form: string, lines: readonly string[], lineEnd: string, chunkBytes: number): Promise<object> {
  const text = lines.map((line) => line + lineEnd).join("");
  try {
    return await readAll(formatOf(form), [inputFromText("t", text, chunkBytes)]);
  } catch (error) {
    return { refused: String(error) };
  }
}

// Lines of the usual shape are read in a way of their own; a line with a carriage return never is.
it.each(["ftrace", "ftrace with priorities and thread groups", "trace-cmd", "perf script"])(
  "says the same of %s's lines whether they are of the usual shape or not quite",
  async (form) => {
    const lives = fc.array(life, { minLength: 1, maxLength: 20 });
    const property = fc.asyncProperty(lives, fc.array(oddity, { maxLength: 3 }), async (made, oddities) => {
      const lines = manyLines(made, FORMS[form]!);
      for (const { line, at, length, text } of oddities)
        lines[line] = lines[line]!.slice(0, at) + text + lines[line]!.slice(at + length);
      expect(await outcome(form, lines, "\n", 4096)).toEqual(await outcome(form, lines, "\r\n", 1000));
    });
    await fc.assert(property, { numRuns: 60 });
  },
);

/** A trace without its priorities. */
function withoutPriorities({ requests, completions, ...rest }: PlainTrace): object {
  const plain = <T extends { flags: number }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, flags: row.flags & ~PRIORITY.bestEffort }));
  return { ...rest, requests: plain(requests), completions: plain(completions) };
}

it("any two forms of a workload are the same trace, but for priorities that only some have", async () => {
  const property = fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 30 }), async (made) => {
    const events = eventsOf(made);
    const forms = Object.entries(FORMS);
    const traces = await Promise.all(
      forms.map(([form, print]) => read(form, `${events.map(print).join("\n")}\n`, 4096, 64)),
    );
    for (const trace of traces) expect(withoutPriorities(trace)).toEqual(withoutPriorities(traces[0]!));
    for (const [i, { requests }] of traces.entries()) {
      const expected = WITH_PRIORITIES.includes(forms[i]![0]) ? PRIORITY.bestEffort : 0;
      for (const { flags } of requests) expect(flags & PRIORITY.bestEffort).toBe(expected);
    }
  });
  await fc.assert(property, { numRuns: 30 });
});
