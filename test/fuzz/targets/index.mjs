import { gatesTarget } from "./gates.mjs";
import { sideFileTarget } from "./sideFile.mjs";
import { siteTarget } from "./site.mjs";
import { manifestTarget, storedTarget, summaryTarget } from "./stored.mjs";
import { traceTarget } from "./trace.mjs";

const TARGETS = [traceTarget, sideFileTarget, summaryTarget, storedTarget, siteTarget, gatesTarget, manifestTarget];

/** Everything that people hand to blkreport: what it is fed with, and what is done with it. To add one: a file, and a line here. */
export async function targetsOf({ only, ...options }) {
  const targets = await Promise.all(TARGETS.map((target) => target(options)));
  const wanted = targets.filter(({ id }) => only === undefined || only === id);
  if (wanted.length === 0) throw new Error(`unknown target ${only}: ${targets.map(({ id }) => id).join(", ")}`);
  return wanted;
}
