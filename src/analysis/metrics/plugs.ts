import { type Static, Type } from "typebox";
import { EVENT_CODE } from "../../model/batch.ts";
import { defineMetric, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** As in btt: 20 buckets of 5 requests, and one for more. */
const BUCKETS = 21;
const BUCKET_REQUESTS = 5;

const Unplugs = Type.Object({
  count: Count,
  /** Requests that they let go. */
  requests: Count,
  /** null where there was none. */
  meanRequests: Type.Union([Real, Type.Null()]),
  maxRequests: Count,
  /** Unplugs that let 0 … 4, 5 … 9, and so on requests go; the last takes 100 and more. */
  histogram: Type.Array(Count, { minItems: BUCKETS, maxItems: BUCKETS }),
});

/**
 * A task that plugs holds its requests back, to let them go together. How long one held cannot be told: a plug that
 * held a single request, or none that the scheduler wanted, ends without an event.
 */
export const Plugs = Type.Object({
  plugs: Count,
  /** U: the task asked for it. */
  unplugs: Unplugs,
  /** UT: by the timer of old kernels; since Linux 2.6.39 because the task went to sleep. */
  timerUnplugs: Unplugs,
});
export type Plugs = Static<typeof Plugs>;

interface Side {
  readonly histogram: Float64Array;
  requests: number;
  max: number;
}

interface State {
  plugs: number;
  readonly asked: Side;
  readonly timer: Side;
}

function startSide(): Side {
  return { histogram: new Float64Array(BUCKETS), requests: 0, max: 0 };
}

function add(state: State, { events, eventRows, eventCount }: View): void {
  const { kind, extra } = events;
  for (let k = 0; k < eventCount; k++) {
    const i = eventRows[k]!;
    if (kind[i] === EVENT_CODE.plug) state.plugs++;
    else if (kind[i] === EVENT_CODE.unplug) addUnplug(state.asked, extra[i]!);
    else if (kind[i] === EVENT_CODE.unplugTimer) addUnplug(state.timer, extra[i]!);
  }
}

function addUnplug(side: Side, requests: number): void {
  side.histogram[Math.min(Math.floor(requests / BUCKET_REQUESTS), BUCKETS - 1)]!++;
  side.requests += requests;
  if (requests > side.max) side.max = requests;
}

function figures({ histogram, requests, max }: Side): Static<typeof Unplugs> {
  const count = histogram.reduce((sum, unplugs) => sum + unplugs, 0);
  return {
    count,
    requests,
    meanRequests: count === 0 ? null : requests / count,
    maxRequests: max,
    histogram: [...histogram],
  };
}

export const plugs = defineMetric({
  id: "plugs",
  schema: Plugs,
  weight: "light",
  needs: ["plug"],
  start: (): State => ({ plugs: 0, asked: startSide(), timer: startSide() }),
  add,
  finish: ({ plugs, asked, timer }: State): Plugs => ({
    plugs,
    unplugs: figures(asked),
    timerUnplugs: figures(timer),
  }),
});
