/** Gives a value back, from memory or made again; equal, and not always the same object. */
export type Held<T> = () => T;

/**
 * Keeps the latest few values in memory, and the way to have the others again: a site of a thousand traces must not have
 * a thousand Summaries at a time.
 */
export function openShelf(most: number): <T>(again: () => T, value?: T) => Held<T> {
  const latest = new Map<symbol, unknown>();
  return <T>(again: () => T, value?: T): Held<T> => {
    const place = Symbol();
    const put = (held: T) => {
      latest.delete(place);
      latest.set(place, held);
      if (latest.size > most) latest.delete(latest.keys().next().value!);
      return held;
    };
    if (value !== undefined) put(value);
    return () => put(latest.has(place) ? (latest.get(place) as T) : again());
  };
}
