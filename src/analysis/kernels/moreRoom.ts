/** The same counts with room for at least so many, the new ones `fill`; the same array where there is room. */
export function withMoreRoom(counts: Float64Array, needed: number, fill = 0): Float64Array {
  if (needed <= counts.length) return counts;
  const larger = new Float64Array(Math.max(needed, counts.length * 2)).fill(fill, counts.length);
  larger.set(counts);
  return larger;
}
