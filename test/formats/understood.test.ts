import { expect, it } from "vitest";
import { assertUnderstood } from "../../src/formats/broken.ts";
import { emptyQuality } from "../../src/model/trace.ts";

function check(records: number, notUnderstood: number): () => void {
  const firstNotUnderstood = notUnderstood > 0 ? { file: "a.txt", line: 7, what: 'sector "x"' } : null;
  return () => assertUnderstood({ ...emptyQuality(), records, notUnderstood, firstNotUnderstood }, { file: "a.txt" });
}

it("accepts one line of a hundred that is not understood", () => expect(check(100, 1)).not.toThrow());
it("accepts a trace without lines", () => expect(check(0, 0)).not.toThrow());
it("refuses more than one of a hundred", () =>
  expect(check(199, 2)).toThrow('a.txt:7: invalid sector "x"; not understood: 2 of 199 lines'));
