import { type DepthOverTime, setDepth, startDepth } from "./depthOverTime.ts";

/**
 * How many requests are in flight, from issues in order of row and completions in order of time.
 * At one moment the completion of an earlier row goes before an issue, and a row's own completion after its issue.
 * What happens at the latest moment is gathered until a later one begins, so that it does not matter where chunks are cut.
 */
export interface InFlight {
  readonly depth: DepthOverTime;
  /** The latest moment; NaN before the first one. */
  atNs: number;
  issued: number;
  completed: number;
  lastRow: number;
  lastRowCompleted: boolean;
  /** Completions without a plausible time take that of the next completion. */
  untimed: number;
}

/** Nothing in flight yet. */
export function startInFlight(bins: number): InFlight {
  return {
    depth: startDepth(bins),
    atNs: Number.NaN,
    issued: 0,
    completed: 0,
    lastRow: -1,
    lastRowCompleted: false,
    untimed: 0,
  };
}

/** Settles the latest moment and gives the depth until it. */
export function settled(state: InFlight): DepthOverTime {
  state.completed += state.untimed;
  state.untimed = 0;
  settle(state);
  return state.depth;
}

/** A row that was issued and completed in this moment, with no issue after it, still stood one above the depth it left. */
export function settle(state: InFlight): void {
  if (state.issued === 0 && state.completed === 0) return;
  const depth = Math.max(0, state.depth.depth + state.issued - state.completed);
  setDepth(state.depth, state.atNs, depth, state.issued > 0 && state.lastRowCompleted ? depth + 1 : depth);
  state.issued = 0;
  state.completed = 0;
  state.lastRowCompleted = false;
}
