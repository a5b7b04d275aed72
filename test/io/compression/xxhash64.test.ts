import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Xxhash64 } from "../../../src/io/compression/xxhash64.ts";

const PRIMES = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
] as const;
const [P1, P2, P3, P4, P5] = PRIMES;
const low64 = (value: bigint) => BigInt.asUintN(64, value);
const rotated = (value: bigint, by: bigint) => low64((value << by) | (low64(value) >> (64n - by)));
const round = (lane: bigint, input: bigint) => low64(rotated(low64(lane + input * P2), 31n) * P1);

/** The specification step by step, in whole numbers of any size. */
function slowHash(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let hash = P5 as bigint;
  if (bytes.length >= 32) {
    const lanes = [low64(P1 + P2), P2, 0n, low64(-P1)];
    for (; at + 32 <= bytes.length; at += 32)
      for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i]!, view.getBigUint64(at + i * 8, true));
    const turns = [1n, 7n, 12n, 18n];
    hash = low64(lanes.reduce((sum, lane, i) => sum + rotated(lane, turns[i]!), 0n));
    for (const lane of lanes) hash = low64((hash ^ round(0n, lane)) * P1 + P4);
  }
  hash = low64(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8)
    hash = low64(rotated(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4);
  if (at + 4 <= bytes.length) {
    hash = low64(rotated(hash ^ low64(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
    at += 4;
  }
  for (; at < bytes.length; at++) hash = low64(rotated(hash ^ low64(BigInt(bytes[at]!) * P5), 11n) * P1);
  hash = low64((hash ^ (hash >> 33n)) * P2);
  hash = low64((hash ^ (hash >> 29n)) * P3);
  return hash ^ (hash >> 32n);
}

const lowWordOf = (bytes: Uint8Array) => {
  const hash = new Xxhash64();
  hash.update(bytes);
  return hash.lowWord;
};

describe("the checksum of zstd", () => {
  it.each([
    ["", 0xef46db3751d8e999n],
    ["a", 0xd24ec4f1a98c6e5bn],
    ["abc", 0x44bc2cf5ad770999n],
  ])("of %j is the published one", (text, expected) => {
    const bytes = new TextEncoder().encode(text);
    expect(slowHash(bytes)).toBe(expected);
    expect(lowWordOf(bytes)).toBe(Number(expected & 0xffffffffn));
  });

  it("is that of the specification for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(lowWordOf(bytes)).toBe(Number(slowHash(bytes) & 0xffffffffn));
      }),
    );
  });

  it("does not depend on the pieces in which the bytes come", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 10 }), (pieces) => {
        const hash = new Xxhash64();
        for (const piece of pieces) hash.update(piece);
        expect(hash.lowWord).toBe(lowWordOf(Buffer.concat(pieces)));
      }),
    );
  });
});
