import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { shellLine } from "../../src/model/shell.ts";

it("leaves plain words as they are", () => {
  expect(shellLine(["blkreport", "render", "traces/a-1.log", "-o", "x.svg"])).toBe(
    "blkreport render traces/a-1.log -o x.svg",
  );
});

it("quotes words so that a shell takes them apart again", () => {
  const word = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const heard = execFileSync("sh", ["-c", `printf '%s\\0' ${shellLine(words)}`], { encoding: "utf8" });
      expect(heard.split("\0").slice(0, -1)).toEqual(words);
    }),
    { numRuns: 20 },
  );
});
