import fc from "fast-check";
import { expect, it } from "vitest";
import { LineSplitter, MOST_LINE_BYTES } from "../../../src/formats/text/lineSplitter.ts";
import { inputFromBytes } from "../../support/inputs.ts";

interface PlainLine {
  readonly number: number;
  readonly text: string;
  readonly cut: boolean;
}

function shown({ bytes, start, end, number, cut }: LineSplitter): PlainLine {
  return { number, text: Buffer.from(bytes.subarray(start, end)).toString("latin1"), cut };
}

async function linesOf(bytes: Uint8Array, chunkBytes?: number): Promise<PlainLine[]> {
  const splitter = new LineSplitter();
  const input = inputFromBytes("text", bytes, chunkBytes);
  const lines: PlainLine[] = [];
  for (let piece = await input.next(); piece !== null; piece = await input.next()) {
    splitter.feed(piece);
    while (splitter.next()) lines.push(shown(splitter));
  }
  if (splitter.finish()) lines.push(shown(splitter));
  return lines;
}

async function textsOf(text: string, chunkBytes?: number): Promise<string[]> {
  return (await linesOf(Buffer.from(text, "latin1"), chunkBytes)).map((line) => line.text);
}

it("gives the lines that split gives, whatever the pieces", async () => {
  const text = fc.array(fc.constantFrom("\n", "\r\n", "\r", "a", "bc ", "\0", "é"), { maxLength: 40 });
  const property = fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (parts, chunkBytes) => {
    const whole = parts.join("");
    const expected = whole.split("\n").map((line) => line.replace(/\r$/, ""));
    if (whole === "" || whole.endsWith("\n")) expected.pop();
    expect(await textsOf(whole, chunkBytes)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 300 });
});

it("drops a byte order mark, also one that comes in pieces, and only at the start", async () => {
  const mark = "\u00ef\u00bb\u00bf";
  for (const chunkBytes of [1, 2, 100])
    expect(await textsOf(`${mark}one\n${mark}two`, chunkBytes)).toEqual(["one", `${mark}two`]);
});

it("numbers lines from one, blank ones too", async () => {
  const lines = await linesOf(Buffer.from("a\n\nb\n"));
  expect(lines.map(({ number }) => number)).toEqual([1, 2, 3]);
});

it("keeps only the beginning of a line that is too long, and goes on after it", async () => {
  const bytes = Buffer.from(`first\n${"x".repeat(MOST_LINE_BYTES + 5)}\nlast\n`);
  for (const chunkBytes of [1000, 65536, MOST_LINE_BYTES * 2]) {
    const lines = await linesOf(bytes, chunkBytes);
    expect(lines.map(({ text, cut }) => [text.length, cut])).toEqual([
      [5, false],
      [MOST_LINE_BYTES, true],
      [4, false],
    ]);
  }
});

it("keeps a line of exactly the greatest length whole", async () => {
  const bytes = Buffer.from(`${"x".repeat(MOST_LINE_BYTES)}\n`);
  for (const chunkBytes of [999, MOST_LINE_BYTES * 2])
    expect((await linesOf(bytes, chunkBytes)).map(({ text, cut }) => [text.length, cut])).toEqual([
      [MOST_LINE_BYTES, false],
    ]);
});
