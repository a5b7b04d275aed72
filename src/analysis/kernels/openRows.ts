/** Requests of one device between issue and completion, in issue order, and how many later ones each was overtaken by. */
export interface OpenRows {
  /** In issue order, from place `first` until before `end`: the slot that holds the request. */
  order: Int32Array;
  first: number;
  end: number;
  /** Slots that hold none, `freeCount` of them. */
  free: Int32Array;
  freeCount: number;
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
/** Places in the order to a slot: the more of them, the rarer all have to move to the beginning. */
const PLACES_PER_SLOT = 4;

export function startOpenRows(): OpenRows {
  const room = (): Float64Array => new Float64Array(FIRST_OPEN);
  return {
    order: new Int32Array(FIRST_OPEN * PLACES_PER_SLOT),
    first: 0,
    end: 0,
    free: Int32Array.from({ length: FIRST_OPEN }, (_, i) => FIRST_OPEN - 1 - i),
    freeCount: FIRST_OPEN,
    rows: room(),
    issueNs: room(),
    passed: room(),
    passedNow: room(),
    passedAtNs: room(),
  };
}

/** A request was issued; rows come in ascending order. True where the oldest had to be given up for it. */
export function openRow(open: OpenRows, row: number, atNs: number): boolean {
  const givesUp = open.end - open.first === MOST_OPEN;
  if (givesUp) free(open, open.order[open.first++]!);
  if (open.freeCount === 0) grow(open);
  if (open.end === open.order.length) moveToBeginning(open);
  const slot = open.free[--open.freeCount]!;
  open.order[open.end++] = slot;
  open.rows[slot] = row;
  open.issueNs[slot] = atNs;
  open.passed[slot] = 0;
  open.passedAtNs[slot] = Number.NaN;
  return givesUp;
}

/** The place of a row in issue order, or -1. */
export function placeOfRow({ order, rows, first, end }: OpenRows, row: number): number {
  let low = first;
  let high = end;
  if (low < high && rows[order[low]!] === row) return low;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[order[middle]!]! < row) low = middle + 1;
    else high = middle;
  }
  return low < end && rows[order[low]!] === row ? low : -1;
}

/** The request at a place completed: all before it are overtaken. */
export function closeRow(open: OpenRows, place: number, atNs: number): void {
  const { order, first, passed, passedNow, passedAtNs } = open;
  for (let earlier = first; earlier < place; earlier++) {
    const slot = order[earlier]!;
    if (passedAtNs[slot] !== atNs) passedNow[slot] = 0;
    passedAtNs[slot] = atNs;
    passedNow[slot]!++;
    passed[slot]!++;
  }
  free(open, order[place]!);
  if (place - first < open.end - place) moveUp(open, place);
  else moveDown(open, place);
}

/** How many later requests completed before that moment; those of the same moment did not overtake it. */
export function overtakenBy({ order, passed, passedNow, passedAtNs }: OpenRows, place: number, atNs: number): number {
  const slot = order[place]!;
  return passed[slot]! - (passedAtNs[slot] === atNs ? passedNow[slot]! : 0);
}

/** How many that were issued later, before that moment, are still open. */
export function openBehind({ order, issueNs, end }: OpenRows, place: number, atNs: number): number {
  let behind = 0;
  for (let later = place + 1; later < end; later++) if (issueNs[order[later]!]! < atNs) behind++;
  return behind;
}

function free(open: OpenRows, slot: number): void {
  open.free[open.freeCount++] = slot;
}

/** Closes a gap with those before it. */
function moveUp(open: OpenRows, gap: number): void {
  const { order, first } = open;
  for (let place = gap; place > first; place--) order[place] = order[place - 1]!;
  open.first++;
}

/** Closes a gap with those behind it. */
function moveDown(open: OpenRows, gap: number): void {
  const { order } = open;
  open.end--;
  for (let place = gap; place < open.end; place++) order[place] = order[place + 1]!;
}

function moveToBeginning(open: OpenRows): void {
  open.order.copyWithin(0, open.first, open.end);
  open.end -= open.first;
  open.first = 0;
}

function grow(open: OpenRows): void {
  const old = open.rows.length;
  const larger = <A extends Float64Array | Int32Array>(values: A, empty: A): A => {
    empty.set(values);
    return empty;
  };
  open.order = larger(open.order, new Int32Array(2 * old * PLACES_PER_SLOT));
  open.free = larger(open.free, new Int32Array(2 * old));
  for (const column of ["rows", "issueNs", "passed", "passedNow", "passedAtNs"] as const)
    open[column] = larger(open[column], new Float64Array(2 * old));
  for (let slot = 2 * old - 1; slot >= old; slot--) free(open, slot);
}
