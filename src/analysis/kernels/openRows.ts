/** Requests of one device between issue and completion, in issue order, and how many later ones each was overtaken by. */
export interface OpenRows {
  count: number;
  /** By place in issue order: the slot that holds the request. */
  order: Int32Array;
  readonly free: number[];
  rows: Float64Array;
  issueNs: Float64Array;
  /** Later requests that completed before, by slot; of them those of the latest moment, and that moment. */
  passed: Float64Array;
  passedNow: Float64Array;
  passedAtNs: Float64Array;
}

/** The most that are followed at once; of more the oldest is left out. */
const MOST_OPEN = 4096;
const FIRST_OPEN = 32;

export function startOpenRows(): OpenRows {
  const room = (): Float64Array => new Float64Array(FIRST_OPEN);
  return {
    count: 0,
    order: new Int32Array(FIRST_OPEN),
    free: Array.from({ length: FIRST_OPEN }, (_, i) => FIRST_OPEN - 1 - i),
    rows: room(),
    issueNs: room(),
    passed: room(),
    passedNow: room(),
    passedAtNs: room(),
  };
}

/** A request was issued; rows come in ascending order. True where the oldest had to be given up for it. */
export function openRow(open: OpenRows, row: number, atNs: number): boolean {
  const givesUp = open.count === MOST_OPEN;
  if (givesUp) removeAt(open, 0);
  if (open.free.length === 0) grow(open);
  const slot = open.free.pop()!;
  open.order[open.count++] = slot;
  open.rows[slot] = row;
  open.issueNs[slot] = atNs;
  open.passed[slot] = 0;
  open.passedNow[slot] = 0;
  open.passedAtNs[slot] = Number.NaN;
  return givesUp;
}

/** The place of a row in issue order, or -1. */
export function placeOfRow({ order, rows, count }: OpenRows, row: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[order[middle]!]! < row) low = middle + 1;
    else high = middle;
  }
  return low < count && rows[order[low]!] === row ? low : -1;
}

/** The request at a place completed: all before it are overtaken. */
export function closeRow(open: OpenRows, place: number, atNs: number): void {
  const { order, passed, passedNow, passedAtNs } = open;
  for (let earlier = 0; earlier < place; earlier++) {
    const slot = order[earlier]!;
    if (passedAtNs[slot] !== atNs) passedNow[slot] = 0;
    passedAtNs[slot] = atNs;
    passedNow[slot]!++;
    passed[slot]!++;
  }
  removeAt(open, place);
}

/** How many later requests completed before that moment; those of the same moment did not overtake it. */
export function overtakenBy({ order, passed, passedNow, passedAtNs }: OpenRows, place: number, atNs: number): number {
  const slot = order[place]!;
  return passed[slot]! - (passedAtNs[slot] === atNs ? passedNow[slot]! : 0);
}

/** How many that were issued later, before that moment, are still open. */
export function openBehind({ order, issueNs, count }: OpenRows, place: number, atNs: number): number {
  let behind = 0;
  for (let later = place + 1; later < count; later++) if (issueNs[order[later]!]! < atNs) behind++;
  return behind;
}

function removeAt(open: OpenRows, place: number): void {
  open.free.push(open.order[place]!);
  open.order.copyWithin(place, place + 1, open.count);
  open.count--;
}

function grow(open: OpenRows): void {
  const old = open.rows.length;
  const larger = <A extends Float64Array | Int32Array>(values: A, empty: A): A => {
    empty.set(values);
    return empty;
  };
  open.order = larger(open.order, new Int32Array(2 * old));
  for (const column of ["rows", "issueNs", "passed", "passedNow", "passedAtNs"] as const)
    open[column] = larger(open[column], new Float64Array(2 * old));
  for (let slot = 2 * old - 1; slot >= old; slot--) open.free.push(slot);
}
