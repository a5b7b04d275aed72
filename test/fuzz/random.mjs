/**
 * Choices that follow from a seed and a number: the same two give the same choices on every machine, so that any input
 * can be made again without those before it. (SplitMix32.)
 */
export function choices(seed, number) {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35);
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  /** A whole number from 0 up to `count`, without it. */
  const below = (count) => (count <= 0 ? 0 : Math.floor((next() / 2 ** 32) * count));
  const oneOf = (values) => values[below(values.length)];
  /** One of [weight, value] entries. */
  const weighted = (entries) => {
    let left = below(entries.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, value] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return undefined;
  };
  return { below, oneOf, weighted, once: (times) => below(times) === 0 };
}
