import type { TraceInput } from "../../model/format.ts";

/** A copy of an input's first bytes, at least so many of them where it has them, and the input as it was before. */
export async function peekFirst(input: TraceInput, count: number): Promise<{ first: Uint8Array; input: TraceInput }> {
  let first = new Uint8Array(0);
  while (first.length < count) {
    const piece = await input.next();
    if (piece === null) break;
    const longer = new Uint8Array(first.length + piece.length);
    longer.set(first);
    longer.set(piece, first.length);
    first = longer;
  }
  let given = false;
  const next = async () => {
    if (given || first.length === 0) return input.next();
    given = true;
    return first;
  };
  return { first, input: { name: input.name, next } };
}
