import { firstLeafAfter } from "./leaves.ts";
import type { Placement } from "./placement.ts";

/** Called for each stretch of a request that lies in one structure; the same structure may come again. */
export type OnTouched = (structure: number, bytes: number) => void;

/** Tells the structures that a request touches, in order of their places; gives the bytes that are in none. */
export function touched(
  placement: Placement,
  device: number,
  offsetBytes: number,
  lengthBytes: number,
  onTouched: OnTouched,
): number {
  const place = placement.of(device);
  if (place === null) return lengthBytes;
  const { leaves, first } = place;
  const { fromBytes, toBytes, structure } = leaves;
  const endBytes = offsetBytes + lengthBytes;
  let unnamed = lengthBytes;
  for (let i = firstLeafAfter(leaves, offsetBytes); i < fromBytes.length && fromBytes[i]! < endBytes; i++) {
    const bytes = Math.min(endBytes, toBytes[i]!) - Math.max(offsetBytes, fromBytes[i]!);
    unnamed -= bytes;
    onTouched(first + structure[i]!, bytes);
  }
  return unnamed;
}
