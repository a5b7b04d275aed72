import fc from "fast-check";
import { expect, it } from "vitest";
import { ByteNames } from "../../../src/formats/text/byteNames.ts";

it("asks once for each name, wherever it stands", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 1500 }), (names) => {
      const asked: string[] = [];
      const found = new ByteNames((name) => asked.push(name) - 1);
      for (const name of names) {
        const bytes = new TextEncoder().encode(`»${name}«`);
        const number = found.find(bytes, 2, bytes.length - 2);
        expect(asked[number]).toBe(new TextDecoder().decode(bytes.subarray(2, bytes.length - 2)));
      }
      expect(new Set(asked).size).toBe(asked.length);
    }),
  );
});
