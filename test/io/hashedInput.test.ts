import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hashedInput } from "../../src/io/hashedInput.ts";
import { folder } from "../support/folders.ts";

const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

describe("hashedInput", () => {
  const bytes = Buffer.from("0123456789".repeat(250_000));
  const of = (content: Uint8Array) => hashedInput(join(folder({ a: content }), "a"), "a");

  it("knows the hash of what was read", async () => {
    const input = of(bytes);
    while ((await input.next()) !== null);
    expect(await input.sha256()).toBe(sha256(bytes));
  });

  it.each([0, 1, 2])("reads for it what was left after %i pieces", async (pieces) => {
    const input = of(bytes);
    for (let i = 0; i < pieces; i++) await input.next();
    expect(await input.sha256()).toBe(sha256(bytes));
  });

  it("hashes a compressed file as it lies", async () => {
    const compressed = gzipSync(bytes);
    const input = of(compressed);
    let length = 0;
    for (let piece = await input.next(); piece !== null; piece = await input.next()) length += piece.length;
    expect([length, await input.sha256()]).toEqual([bytes.length, sha256(compressed)]);
  });
});
