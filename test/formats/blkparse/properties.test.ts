import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blkparse } from "../../../src/formats/blkparse/index.ts";
import { inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

/** What blkparse prints of an event, field by field. */
interface Printed {
  readonly a: string;
  readonly d: string;
  readonly S: number;
  readonly n: number;
  readonly T: number;
  readonly t: number;
  readonly p: number;
  readonly c: number;
  readonly s: number;
  readonly e: number;
  readonly C: string;
  readonly M: number;
  readonly m: number;
}

const event: fc.Arbitrary<Printed> = fc.record({
  a: fc.constantFrom("Q", "G", "I", "M", "F", "D", "C", "P", "UT"),
  d: fc.constantFrom("R", "W", "WS", "RAM", "DS", "FWFSM", "WSM"),
  S: fc.integer({ min: 0, max: 64 }).map((n) => n * 8),
  n: fc.constantFrom(8, 16, 256),
  T: fc.nat(100_000),
  t: fc.nat(999_999_999),
  p: fc.oneof(fc.nat(99_999), fc.nat(4_194_303)),
  c: fc.nat(127),
  s: fc.constantFrom(0, 1, 999, 1000, 12_345_678, 123_456_789),
  e: fc.constantFrom(0, 65531, 65424),
  C: fc.constantFrom("fio", "kworker/0:1H", "a b", "[x]", "jbd2/vda1-8"),
  M: fc.constantFrom(8, 254),
  m: fc.constantFrom(0, 16, 256),
});
const events = fc
  .array(event, { minLength: 1, maxLength: 60 })
  .map((all) => all.toSorted((x, y) => x.T - y.T || x.t - y.t));

/** blkparse's way to print a field. */
function fieldText(printed: Printed, letter: string, left: boolean, width: number): string {
  if (letter === "D") return `${String(printed.M).padStart(3)},${String(printed.m).padEnd(3)}`;
  const pad = (text: string) => (left ? text.padEnd(width) : text.padStart(width));
  if (letter === "t") return String(printed.t).padStart(width || 9, "0");
  if (letter === "N") return pad(String(printed.n * 512));
  return pad(String(printed[letter as keyof Printed]));
}

function line(printed: Printed, format: string): string {
  return format.replaceAll(/%(-?)(\d*)(\w)/g, (_, minus, width, letter) =>
    fieldText(printed, letter, minus === "-", Number(width)),
  );
}

function defaultLine(printed: Printed): string {
  const { a, C, S, n, e } = printed;
  const head = line(printed, "%D %2c %8s %5T.%9t %5p %2a %3d ");
  if (a === "P") return `${head}[${C}]`;
  if (a === "UT") return `${head}[${C}] 1`;
  return a === "C" ? `${head}${S} + ${n} [${e}]` : `${head}${S} + ${n} [${C}]`;
}

const FIELDS = ["%a", "%d", "%S", "%n", "%T.%t", "%p", "%c", "%s", "%e", "%C", "%D"] as const;
/** All fields in any order, padded or not, with something between. */
const format = fc
  .tuple(
    fc.shuffledSubarray([...FIELDS], { minLength: FIELDS.length, maxLength: FIELDS.length }),
    fc.array(fc.tuple(fc.constantFrom("", "-"), fc.nat(12)), { minLength: 11, maxLength: 11 }),
    fc.array(fc.constantFrom(" ", ",", "|", "; ", " / ", "\t"), { minLength: 11, maxLength: 11 }),
  )
  .map(([fields, pads, between]) =>
    fields.map((field, i) => padded(field, pads[i]!) + (i === 10 ? "" : between[i]!)).join(""),
  );

function padded(field: string, [minus, width]: readonly [string, number]): string {
  return width === 0 || field.length > 2 ? field : `%${minus}${width}${field[1]}`;
}

/** All but how many requests an unplug let go, which no format string can print. */
function said({ requests, completions, bios, events: all, end }: PlainTrace): object {
  const others = all.map(({ extra: _, ...event }) => event);
  return { requests, completions, bios, others, devices: end.devices, processes: end.processes, quality: end.quality };
}

function read(lines: readonly string[], blkparseFormat?: string, chunkBytes?: number, batchRows = 65536) {
  const input = inputFromText("disk.txt", lines.map((text) => `${text}\n`).join(""), chunkBytes);
  return readAll(blkparse, [input], { batchRows }, blkparseFormat === undefined ? {} : { blkparseFormat });
}

/** Something that may be wrong with a line, at some place of it. */
const oddity = fc.record({
  at: fc.oneof(fc.nat(48), fc.nat(90)),
  length: fc.constantFrom(0, 1, 1, 2, 12),
  text: fc.constantFrom("", " ", "\t", "7", "0", "*", "[", "]", "-", "(0) ", "X", "[x] ", "123456789012", "1,2 "),
});
/** So many that the few odd ones do not make the trace one that is not understood. */
const MANY = 300;
const wholeLines = events.map((all) => {
  const lines = all.map(anyLine);
  return Array.from({ length: MANY }, (_, i) => lines[i % lines.length]!);
});
/** Usual lines, of which some are made odd. */
const oddLines = fc
  .tuple(wholeLines, fc.array(fc.tuple(fc.nat(MANY - 1), oddity), { maxLength: 3 }))
  .map(([lines, oddities]) => {
    const made = [...lines];
    for (const [number, { at, length, text }] of oddities) {
      const old = made[number]!;
      made[number] = old.slice(0, at) + text + old.slice(at + length);
    }
    return made;
  });

/** Also what a format string cannot print as well. */
function anyLine(printed: Printed): string {
  const { C, S, n, t } = printed;
  if (t % 5 === 0)
    return `${line({ ...printed, a: "A" }, "%D %2c %8s %5T.%9t %5p %2a %3d ")}${S} + ${n} <- (8,1) ${S + 8}`;
  if (t % 5 === 1) return `${line({ ...printed, a: "U", d: "N" }, "%D %2c %8s %5T.%9t %5p %2a %3d ")}[${C}] ${n}`;
  return defaultLine(printed);
}

/** What reading comes to, whether it is refused or not. */
async function outcome(lines: readonly string[], lineEnd: string, chunkBytes?: number): Promise<object> {
  const text = lines.map((one) => one + lineEnd).join("");
  try {
    return await readAll(blkparse, [inputFromText("disk.txt", text, chunkBytes)]);
  } catch (error) {
    return { refused: String(error) };
  }
}

describe("blkparse's text", () => {
  // Lines of the usual shape are read in a way of their own; a line with a carriage return never is.
  it("says the same whether its lines are of the usual shape or not quite", async () => {
    await fc.assert(
      fc.asyncProperty(oddLines, fc.integer({ min: 50, max: 9000 }), async (lines, bytes) => {
        expect(await outcome(lines, "\n", bytes)).toEqual(await outcome(lines, "\r\n"));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { width: "narrow", M: 8, m: 0, c: 1, s: 7, T: 0, p: 71 },
    { width: "as wide as its column", M: 254, m: 256, c: 12, s: 12_345_678, T: 12_345, p: 12_345 },
  ])("says the same of each byte in columns and not, where each field is $width", async ({ width: _, ...fields }) => {
    const printed: Printed = { a: "Q", d: "R", S: 8, n: 8, t: 123_456_789, e: 0, C: "fio", ...fields };
    const usual = defaultLine(printed);
    const before = Array.from({ length: 20 }, () => usual);
    for (let at = 0; at < usual.indexOf("[fio]"); at++)
      for (const byte of " 09*/:,.X\t") {
        const lines = [...before, usual.slice(0, at) + byte + usual.slice(at + 1), usual];
        expect(await outcome(lines, "\n"), `${byte} at ${at}`).toEqual(await outcome(lines, "\r\n"));
      }
  });

  it("says the same by default and with all fields in any format string", async () => {
    await fc.assert(
      fc.asyncProperty(events, format, async (all, blkparseFormat) => {
        const custom = await read(
          all.map((one) => line(one, blkparseFormat)),
          `${blkparseFormat}\\n`,
        );
        expect(said(custom)).toEqual(said(await read(all.map(defaultLine))));
      }),
    );
  });

  it("says the same whatever the pieces and batches", async () => {
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, bytes, rows) => {
          const lines = all.map(defaultLine);
          expect(said(await read(lines, undefined, bytes, rows))).toEqual(said(await read(lines)));
        },
      ),
    );
  });
});
