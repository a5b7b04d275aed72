import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileInput } from "../../src/io/fileInput.ts";
import { folder } from "../support/folders.ts";

describe("reading ahead", () => {
  it("leaves a piece as it is until the next one is asked for, though that is being read", async () => {
    const path = join(folder({ a: Buffer.concat([0, 1, 2, 3, 4].map((byte) => Buffer.alloc(1 << 20, byte))) }), "a");
    const input = fileInput(path, "a");
    const seen: (readonly [number, number])[] = [];
    for (let piece = await input.next(); piece !== null; piece = await input.next()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push([piece[0]!, piece.at(-1)!]);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4].map((byte) => [byte, byte]));
  });

  it("can be closed while the next piece is being read", async () => {
    const input = fileInput(join(folder({ a: Buffer.alloc(4 << 20) }), "a"), "a");
    await input.next();
    await input.next();
    await input.close();
    expect(await input.next()).toBeNull();
  });
});
