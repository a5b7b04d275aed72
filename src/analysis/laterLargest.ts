const ROOM = 1024;
const ROW = 0;
const OP = 1;
const LENGTH = 2;
const NUMBERS = 3;

/**
 * Which is the largest of the requests that entered after one in flight; of equals the first row.
 * A stack of those that no later one exceeds: the first of them after a row is the answer for it.
 */
export interface LaterLargest {
  readonly numbers: Float64Array;
  count: number;
}

export function startLaterLargest(): LaterLargest {
  return { numbers: new Float64Array(ROOM * NUMBERS), count: 0 };
}

export function forgetLater(later: LaterLargest): void {
  later.count = 0;
}

/** Whether there is no room until `thinLater`. */
export function isLaterFull({ count }: LaterLargest): boolean {
  return count === ROOM;
}

/** Adds a request that enters; rows ascend. One without a length is nobody's largest. */
export function addLater(later: LaterLargest, row: number, op: number, lengthBytes: number): void {
  if (!(lengthBytes > 0)) return;
  const { numbers } = later;
  let at = later.count * NUMBERS;
  while (at > 0 && numbers[at - NUMBERS + LENGTH]! < lengthBytes) at -= NUMBERS;
  numbers[at + ROW] = row;
  numbers[at + OP] = op;
  numbers[at + LENGTH] = lengthBytes;
  later.count = at / NUMBERS + 1;
}

/** Keeps what answers for the given rows (ascending), of which there are fewer than half of the room. */
export function thinLater(later: LaterLargest, rows: readonly number[]): void {
  const { numbers } = later;
  let kept = 0;
  let next = 0;
  for (let k = 0; k < later.count; k++) {
    const at = k * NUMBERS;
    const answers = next < rows.length && rows[next]! < numbers[at + ROW]!;
    while (next < rows.length && rows[next]! < numbers[at + ROW]!) next++;
    if (answers) numbers.copyWithin(NUMBERS * kept++, at, at + NUMBERS);
  }
  later.count = kept;
}

/** The largest after a row; null: none has a length. */
export function largestAfter({ numbers, count }: LaterLargest, row: number) {
  for (let at = 0; at < count * NUMBERS; at += NUMBERS)
    if (numbers[at + ROW]! > row)
      return { row: numbers[at + ROW]!, op: numbers[at + OP]!, lengthBytes: numbers[at + LENGTH]! };
  return null;
}
