/** Positions in a batch, ascending. */
export interface Part {
  index: Uint32Array;
  count: number;
}

export function emptyPart(): Part {
  return { index: new Uint32Array(64), count: 0 };
}

/** Adds a position; hot: once per row and scope. */
export function push(part: Part, position: number): void {
  if (part.count === part.index.length) makeRoom(part);
  part.index[part.count++] = position;
}

function makeRoom(part: Part): void {
  const larger = new Uint32Array(part.index.length * 2);
  larger.set(part.index);
  part.index = larger;
}

let identity = new Uint32Array(0);

/** The positions 0 … count − 1, for a scope that takes all; nobody may write into them. */
export function everything(count: number): Part {
  if (identity.length < count) identity = Uint32Array.from({ length: count }, (_, i) => i);
  return { index: identity, count };
}
