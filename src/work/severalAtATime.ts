/** Gives a function that runs so many of the steps that it gets at a time; after one has failed, none is begun. */
export function severalAtATime(most: number): <T>(step: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  let failure: { readonly error: unknown } | null = null;
  return async (step) => {
    if (running >= most) await new Promise<void>((begin) => waiting.push(begin));
    else running++;
    try {
      if (failure !== null) throw failure.error;
      return await step();
    } catch (error) {
      failure ??= { error };
      throw error;
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
