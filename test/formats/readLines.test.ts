import { expect, it } from "vitest";
import { qtr } from "../../src/formats/qtr/index.ts";
import { MOST_LINE_BYTES } from "../../src/formats/text/lineSplitter.ts";
import { inputFromText, readAll } from "../support/inputs.ts";

const MANY = "R 0 8\n".repeat(200);

it("counts a line that is too long as one that is not understood, and reads on", async () => {
  const text = `S 20480\n${MANY}R ${"1".repeat(MOST_LINE_BYTES)}\nW 8 8\n`;
  const { requests, end } = await readAll(qtr, [inputFromText("disk.qtr", text, 65536)]);
  expect(requests.at(-1)?.op).toBe("write");
  expect(end.quality).toMatchObject({ records: 203, notUnderstood: 1, truncated: false });
  expect(end.quality.firstNotUnderstood?.what).toBe(`line "R ${"1".repeat(38)}…", longer than 1048576 bytes`);
});

it("takes a last line that is too long and has no end for a cut one", async () => {
  const text = `S 20480\n${MANY}R ${"1".repeat(MOST_LINE_BYTES)}`;
  const { end } = await readAll(qtr, [inputFromText("disk.qtr", text, 65536)]);
  expect(end.quality).toMatchObject({ records: 201, notUnderstood: 0, truncated: true });
});

it("names the file and line of what it refuses, counting blank lines", async () => {
  const text = "S 20480\r\n\r\n  \nR 0 8\nnonsense here\n";
  await expect(readAll(qtr, [inputFromText("a/b.qtr", text)])).rejects.toThrow(
    'a/b.qtr:5: invalid request type "nonsense"',
  );
});

it("counts a request's ordinal as its time, since there is no clock", async () => {
  const { requests, end } = await readAll(qtr, [inputFromText("disk.qtr", `S 20480\n${MANY}`)]);
  expect(requests.map(({ issueNs }) => issueNs)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  expect([end.recorded.clock, end.startUnixNs]).toEqual([false, null]);
});
