import { describe, expect, it } from "vitest";
import { flagsOf, opOf, RwbsReader } from "../../../src/formats/blkparse/rwbs.ts";
import { Cursor, word } from "../../../src/formats/text/cursor.ts";
import { FLAG, OPS } from "../../../src/model/ops.ts";

const reader = new RwbsReader();

function read(letters: string): { code: number; rest: string } {
  const cursor = new Cursor();
  const bytes = word(letters);
  cursor.set(bytes, 0, bytes.length);
  const code = reader.read(cursor);
  return { code, rest: cursor.text(cursor.end) };
}

function meaning(letters: string, bytes: number): [op: string, flags: number] {
  const { code } = read(letters);
  const op = opOf(code, bytes);
  return [OPS[op]!, flagsOf(code, op)];
}

describe("the letters", () => {
  it.each([
    ["R", "read", 0],
    ["RAM", "read", FLAG.readAhead | FLAG.meta],
    ["WS", "write", FLAG.sync],
    ["WFS", "write", FLAG.fua | FLAG.sync],
    ["FWFSM", "write", FLAG.preflush | FLAG.fua | FLAG.sync | FLAG.meta],
    ["WSU", "write", FLAG.sync],
    ["WBS", "write", FLAG.preflush | FLAG.sync],
    ["DS", "discard", FLAG.sync],
    ["WZS", "writeZeroes", FLAG.sync],
    ["ZA", "zoneAppend", 0],
    ["ZFS", "zoneOther", FLAG.sync],
    ["ZO", "zoneOther", 0],
    ["ZC", "zoneOther", 0],
  ])("%s of some bytes are a %s", (letters, op, flags) => {
    expect(meaning(letters, 4096)).toEqual([op, flags]);
  });

  it.each([
    ["FN", "flush", 0],
    ["FWS", "flush", FLAG.sync],
    ["N", "other", 0],
    ["WSM", "other", FLAG.sync | FLAG.meta],
    ["ZR", "zoneReset", 0],
    ["ZRA", "zoneReset", 0],
  ])("%s without bytes are a %s", (letters, op, flags) => {
    expect(meaning(letters, 0)).toEqual([op, flags]);
  });

  it("end at the first byte that is no capital letter, and mean the same each time", () => {
    for (let i = 0; i < 2; i++) expect(read("FWFSM 8 + 8").rest).toBe(" 8 + 8");
    expect(read("FWFASMU").code).toBe(read("FWFASMU").code);
  });

  it.each(["", "X", "WX", "FF", "ZX", "w", "8"])("%j mean nothing", (letters) => {
    expect(read(letters).code).toBe(-1);
  });
});
