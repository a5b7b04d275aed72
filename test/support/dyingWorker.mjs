/* A worker whose task dies with its thread when asked to. */
const DEATHS = {
  dies: () =>
    setTimeout(() => {
      throw new Error("the thread is dead");
    }),
  exits: () => process.exit(3),
};

export function summarizeTask({ request: { slug } }) {
  const die = DEATHS[slug];
  if (die === undefined) return new Promise((resolve) => setTimeout(resolve, 20, slug));
  die();
  return new Promise(() => {});
}

export function drawScopeTask() {
  throw new Error("the task failed");
}
