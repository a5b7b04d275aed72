import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { codeFingerprint, type codeHash } from "../../src/io/fingerprint.ts";

const DIST = join(import.meta.dirname, "../../dist");

it("the program's fingerprint is the same each time", () => {
  expect(codeFingerprint()).toMatch(/^[0-9a-f]{64}$/);
  expect(codeFingerprint()).toBe(codeFingerprint());
});

it("a bundle has the hash of the code that it was made of beside it", async () => {
  const compiled: { codeHash: typeof codeHash } = await import(join(DIST, "io/fingerprint.js"));
  expect(readFileSync(join(DIST, "bundle/code.sha256"), "utf8")).toBe(compiled.codeHash());
});
