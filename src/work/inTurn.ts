/** Gives a function that runs the steps that it gets one after the other: each begins when the one before has ended. */
export function inTurn(): <T>(step: () => Promise<T>) => Promise<T> {
  let previous: Promise<unknown> = Promise.resolve();
  return (step) => {
    const next = previous.then(step);
    previous = next.catch(() => undefined);
    return next;
  };
}
