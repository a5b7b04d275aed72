import { expect, it } from "vitest";
import { TraceError } from "../../src/model/errors.ts";

it("names place, fact and cure", () => {
  expect(new TraceError({ file: "a.txt", line: 3 }, "invalid", 'sector "x"', "expected a number").message).toBe(
    'a.txt:3: invalid sector "x"; expected a number',
  );
  expect(new TraceError({ file: "a.bin", byte: 48 }, "unsupported", "version 9", "use 7 or 8").message).toBe(
    "a.bin, byte 48: unsupported version 9; use 7 or 8",
  );
  expect(new TraceError({ file: "a" }, "missing", "header", "add it").message).toBe("a: missing header; add it");
});

it("quotes the beginning of what is too long to be read", () => {
  const { message, what, cure } = new TraceError({ file: "a" }, "unknown", `key "${"x".repeat(1e6)}"`, "y".repeat(1e6));
  expect(message).toBe(`a: ${what}; ${cure}`);
  expect(message).toMatch(/^a: unknown key "x+…; y+…$/);
  expect(message.length).toBeLessThan(2000);
});
