/* A worker whose task dies with its thread when asked to. */
export function summarizeTask({ request }) {
  if (request.slug !== "dies") return new Promise((resolve) => setTimeout(resolve, 20, request.slug));
  setTimeout(() => {
    throw new Error("the thread is dead");
  });
  return new Promise(() => {});
}

export function drawScopeTask() {
  throw new Error("the task failed");
}
