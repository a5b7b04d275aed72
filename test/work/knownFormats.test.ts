import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFormats } from "../../src/work/knownFormats.ts";
import { folder } from "../support/folders.ts";

const QTR = "S 2048\nR 0 8\nW 63 8\n";
const PROSE = "buy bread and milk\n\n";
const LONG_AGO = new Date("2020-01-01");

describe("the memory of formats", () => {
  it("does not look into a file again that is the same by device, inode, size and time", async () => {
    const { recognised, write } = files();
    write(QTR, LONG_AGO);
    expect(await recognised()).toBe("qtr");
    write(PROSE, LONG_AGO);
    expect(await recognised()).toBe("qtr");
    expect(await recognised({ verify: true })).toBeNull();
  });

  it("looks again where the file has another time, or the side file says something else", async () => {
    const { recognised, write } = files();
    write(PROSE, LONG_AGO);
    expect(await recognised()).toBeNull();
    write(QTR, LONG_AGO);
    expect(await recognised({ hints: { format: "qtr" } })).toBe("qtr");
    write(QTR, new Date("2021-01-01"));
    expect(await recognised()).toBe("qtr");
  });

  it("keeps nothing of a file that changed so shortly ago that it may change without showing it", async () => {
    const { recognised, write } = files();
    const now = new Date();
    write(QTR, now);
    expect(await recognised()).toBe("qtr");
    write(PROSE, now);
    expect(await recognised()).toBeNull();
  });
});

function files() {
  const root = folder({ a: "" });
  const path = join(root, "a");
  return {
    write(text: string, time: Date) {
      writeFileSync(path, text);
      utimesSync(path, time, time);
    },
    async recognised({ verify = false, hints = {} } = {}) {
      const formats = openFormats(join(root, "cache"), { verify });
      const { format } = await formats.recognise([{ name: "a", path }], hints);
      formats.save();
      return format;
    },
  };
}
