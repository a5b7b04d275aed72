import { PRIORITY } from "../../model/ops.ts";

/** The classes by their numbers (include/uapi/linux/ioprio.h), as PRIORITY bits; none where nobody asked for one. */
const OF_CLASS = Int32Array.of(0, PRIORITY.realtime, PRIORITY.bestEffort, PRIORITY.idle, 0, 0, 0, 0);
const CLASS_SHIFT = 13;
const OPEN_BRACKET = 91;

/** Beginnings of `be,0,4`: the kernel prints words, and perf the numbers. */
const OF_BEGINNING = new Map<number, number>(
  (
    [
      ["rt,", PRIORITY.realtime],
      ["be,", PRIORITY.bestEffort],
      ["idl", PRIORITY.idle],
      ["0x1", PRIORITY.realtime],
      ["0x2", PRIORITY.bestEffort],
      ["0x3", PRIORITY.idle],
    ] as const
  ).map(([text, bit]) => [beginning(new TextEncoder().encode(text), 0), bit]),
);

let lastBeginning = 0;
let lastBit = 0;

/** The PRIORITY bit of a class, hint and level that are printed there, such as `be,0,4`; 0 where there is none. Hot. */
export function printedPriority(bytes: Uint8Array, at: number): number {
  if (bytes[at] === OPEN_BRACKET) return 0;
  const key = beginning(bytes, at);
  if (key !== lastBeginning) {
    lastBeginning = key;
    lastBit = OF_BEGINNING.get(key) ?? 0;
  }
  return lastBit;
}

/** The PRIORITY bit of an ioprio_set(2) number. */
export function priorityOf(ioprio: number): number {
  return OF_CLASS[(ioprio >> CLASS_SHIFT) & (OF_CLASS.length - 1)]!;
}

function beginning(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}
