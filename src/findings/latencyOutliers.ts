import { OPS } from "../model/ops.ts";
import { countText, durationText } from "../model/quantities.ts";
import { modesOf } from "./bimodalLatency.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { nounOf } from "./words.ts";

/** Below, the 99th percentile is the slowest request alone. */
const FEWEST_REQUESTS = 200;
const LEAST_RATIO = 20;
/** Where sizes differ more, a long latency may just be a large request. */
const MOST_SIZE_RATIO = 16;
/** Faster than that is within what a busy device takes. */
const LEAST_NS = 10e6;

export const latencyOutliers: Finding = {
  id: "latency-outliers",
  question: "Are the slowest requests far from the median?",
  why: "One slow request in a hundred is what a program that makes hundreds of requests waits for, whatever the median is. Not judged where the latency has two peaks: the slow ones are then a kind of their own.",
  source: { title: 'Dean and Barroso, "The tail at scale", CACM 2013', url: "https://doi.org/10.1145/2408776.2408794" },
  judge(evidence) {
    const { byOp = {}, d2cBuckets = {} } = figure(evidence, "latency") ?? {};
    const sizes = figure(evidence, "requestSizes")?.byOp ?? {};
    const far = OPS.flatMap((op) => {
      const d2c = byOp[op]?.d2c;
      const size = sizes[op];
      if (size === undefined || size.p99Bytes > MOST_SIZE_RATIO * size.p50Bytes) return [];
      if (d2c === undefined || d2c.count < FEWEST_REQUESTS || modesOf(d2cBuckets[op] ?? []) !== null) return [];
      return d2c.p99Ns >= LEAST_NS && d2c.p99Ns >= LEAST_RATIO * d2c.p50Ns ? [{ op, d2c }] : [];
    }).sort((a, b) => b.d2c.p99Ns / b.d2c.p50Ns - a.d2c.p99Ns / a.d2c.p50Ns);
    const [first] = far;
    if (first === undefined) return null;
    const { op, d2c } = first;
    return {
      severity: "low",
      title: `One ${nounOf(op)} in a hundred takes ${countText(d2c.p99Ns / d2c.p50Ns)} times the median or longer`,
      evidence: `Median ${durationText(d2c.p50Ns)}, 99th percentile ${durationText(d2c.p99Ns)}, slowest ${durationText(d2c.maxNs)}, of ${countText(d2c.count)} ${nounOf(op, 2)}.`,
      advice:
        "Look when the slow ones come and what was in flight with them (the list of the slowest requests), and at what else ran then: flushes, discards, a scrub.",
      chart: "latency-time",
    };
  },
};
