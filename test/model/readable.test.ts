import fc from "fast-check";
import { expect, it } from "vitest";
import { readable, readableText } from "../../src/model/readable.ts";

/** As the Unicode Bidirectional Algorithm counts: what opens, closes or turns, but for isolates that are closed. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/;

it("shows what a terminal or a renderer would obey as JSON writes it", () => {
  expect(readableText("nul\0 esc\u001b[31m c1\u009b del\u007f")).toBe("nul\\u0000 esc\\u001b[31m c1\\u009b del\\u007f");
  expect(readableText("a\u202egpj\u2066\u200f")).toBe("a\\u202egpj\\u2066\\u200f");
  expect(readableText("half \ud800, none \uffff, whole \u{1f600}")).toBe("half \\ud800, none \\uffff, whole \u{1f600}");
});

it("keeps lines and tabs, and ends each line in one way", () => {
  expect(readableText("one\r\ntwo\rthree\n\tfour")).toBe("one\ntwo\nthree\n\tfour");
});

it("isolates what is written from right to left, and nothing else", () => {
  expect(readableText("\u05e9\u05dc\u05d5\u05dd 12")).toBe("\u2068\u05e9\u05dc\u05d5\u05dd 12\u2069");
  expect(readableText("Größe, 磁盘, диск")).toBe("Größe, 磁盘, диск");
  expect(readableText("\u2068\u001b[31m\u2069")).toBe("\u2068\\u001b[31m\u2069");
  expect(readableText("\u2068open \u05d0")).toBe("\u2068\\u2068open \u05d0\u2069");
});

it("keeps the marks that a letter has, not heaps of them", () => {
  expect(readableText("e\u0301")).toBe("e\u0301");
  expect(readableText(`Z${"\u0301".repeat(50)}a`)).toBe(`Z${"\u0301".repeat(8)}…a`);
});

it("cuts a long text with three dots, in no middle of a character, and closes what isolates it", () => {
  expect(readableText("W".repeat(10_000), 200)).toBe(`${"W".repeat(198)}…`);
  expect(readableText("\u{1f600}".repeat(200), 9)).toBe("\u{1f600}\u{1f600}\u{1f600}…");
  expect(readableText("\u05d0".repeat(300), 200)).toBe(`\u2068${"\u05d0".repeat(197)}…\u2069`);
});

it("gives of any text one that changes nothing around it, and the same again", () => {
  const pieces = fc.constantFrom(
    "a",
    " ",
    "\n",
    "\r",
    "\u001b[31m",
    "\u202e",
    "\u2068",
    "\u2069",
    "\u05d0",
    "\u0301",
    "\ud800",
    "\udc00",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 80 }), (hostile, most) => {
      const shown = readableText(hostile, most);
      expect(shown.length).toBeLessThanOrEqual(most);
      expect(readableText(shown, most)).toBe(shown);
      expect(shown).not.toMatch(TURNING);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      expect(shown).not.toMatch(/[\ud800-\udfff]/u);
      expect(shown.replace(/\u2068[^\u2066-\u2069]*\u2069/g, "")).not.toMatch(/[\u2066-\u2069]/);
    }),
  );
});

it("goes through objects and lists, and leaves numbers and keys", () => {
  const deep = { "\u202e": [{ name: "\u202e", sizes: [1, null] }], none: null };
  expect(readable(deep)).toEqual({ "\u202e": [{ name: "\\u202e", sizes: [1, null] }], none: null });
  expect(Object.keys(readable(JSON.parse('{"__proto__": "x"}') as object))).toEqual(["__proto__"]);
});
