import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matcher } from "../../src/io/glob.ts";

/** What a glob means, as a regular expression. */
function slowly(glob: string): RegExp {
  const source = glob.replace(/^\.?\/|\/$/g, "").replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`, "su");
}

describe("a glob", () => {
  it("is what its regular expression is", () => {
    const words = fc.array(fc.constantFrom("a", "b", "/", "*", "**", "**/", "?", ".", "é", "\u{1F600}", "["));
    const path = fc.array(fc.constantFrom("a", "b", "/", ".", "é", "\u{1F600}", "[", "\n"));
    fc.assert(
      fc.property(words, path, (glob, name) => {
        expect(matcher([glob.join("")])(name.join(""))).toBe(slowly(glob.join("")).test(name.join("")));
      }),
      { numRuns: 3000 },
    );
  });

  it("of a hundred stars takes no longer than others", () => {
    const before = process.cpuUsage();
    for (const stars of ["*a", "**a", "**/"]) expect(matcher([`${stars.repeat(100)}b`])("a".repeat(4000))).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
