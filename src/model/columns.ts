export type Column = Uint8Array | Uint16Array | Int16Array | Uint32Array | Float64Array;
type Columns = Record<string, Column | number>;

/** Doubles the room of every column of a batch in place, keeping what is in it. */
export function growColumns<B extends object>(batch: B): void {
  const columns = batch as unknown as Columns;
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === "number") continue;
    const larger = new (column.constructor as new (length: number) => Column)(column.length * 2);
    larger.set(column);
    columns[name] = larger;
  }
}

/** The rows at these positions, in columns of their own. */
export function pickRows<B extends { readonly length: number }>(batch: B, positions: Uint32Array): B {
  const picked: Record<string, Column | number> = {};
  for (const [name, column] of Object.entries(batch as unknown as Columns)) {
    if (typeof column === "number") picked[name] = column;
    else picked[name] = pickValues(column, positions);
  }
  return { ...(picked as unknown as B), length: positions.length };
}

function pickValues(column: Column, positions: Uint32Array): Column {
  const values = new (column.constructor as new (length: number) => Column)(positions.length);
  for (let k = 0; k < positions.length; k++) values[k] = column[positions[k]!]!;
  return values;
}

/** Drops the first `count` of `length` rows: the others move to the front. */
export function dropFront<B extends { length: number }>(batch: B, count: number, length: number): void {
  batch.length = length - count;
  if (batch.length === 0 || count === 0) return;
  for (const column of Object.values(batch as unknown as Columns))
    if (typeof column !== "number") column.copyWithin(0, count, length);
}
