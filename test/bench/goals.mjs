/** A line of a table of goals: what was measured against the most, or the least, that is wanted. */
export function atMost(goal, measured, wanted) {
  return { goal, wanted: `at most ${wanted}`, measured, holds: measured <= wanted ? "yes" : "no" };
}

export function atLeast(goal, measured, wanted) {
  return { goal, wanted: `at least ${wanted}`, measured, holds: measured >= wanted ? "yes" : "no" };
}

/** How far a middle point lies from the straight line through its neighbours, as a share of what the line says. */
export function awayFromLine([[x0, y0], [x1, y1], [x2, y2]]) {
  const onLine = y0 + ((y2 - y0) * (x1 - x0)) / (x2 - x0);
  return Math.abs(y1 / onLine - 1);
}
