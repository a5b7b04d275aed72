import type { Op } from "../model/ops.ts";
import { countText, durationText } from "../model/quantities.ts";
import type { Evidence, Finding } from "./finding.ts";
import { nounOf } from "./words.ts";

const OPS: readonly Op[] = ["read", "write"];
const FEWEST_REQUESTS = 100;
const LEAST_RATIO = 3;

interface OfDevice {
  readonly name: string;
  readonly requests: number;
  readonly medianNs: number;
}

/** The median latency of each device that has enough requests of the op; stacked ones only repeat those below. */
function mediansOf({ trace, scopeList, scopes }: Evidence, op: Op): OfDevice[] {
  return scopeList.flatMap(({ id, kind, devices }) => {
    const device = trace.devices[devices[0] ?? -1];
    if (kind !== "device" || device === undefined || device.stacked) return [];
    const latency = scopes[id]?.latency;
    const d2c = latency?.ok ? latency.value.byOp[op]?.d2c : undefined;
    return d2c === undefined || d2c.count < FEWEST_REQUESTS
      ? []
      : [{ name: device.name, requests: d2c.count, medianNs: d2c.p50Ns }];
  });
}

export const slowDevice: Finding = {
  id: "slow-device",
  question: "Is one device slower than the others?",
  why: "What is spread over several devices, as a RAID's stripe, is as slow as the slowest of them. One disk that is about to fail, or sits behind a worse link, so slows down the whole set.",
  source: { title: "Linux, RAID arrays", url: "https://docs.kernel.org/admin-guide/md.html" },
  judge(evidence) {
    for (const op of OPS) {
      const [slowest, next, ...others] = mediansOf(evidence, op).sort((a, b) => b.medianNs - a.medianNs);
      if (slowest === undefined || next === undefined || slowest.medianNs < LEAST_RATIO * next.medianNs) continue;
      const rest = others.length === 0 ? next.name : `the next, ${next.name}`;
      return {
        severity: "medium",
        title: `${slowest.name} is ${countText(slowest.medianNs / next.medianNs)} times as slow as ${rest}`,
        evidence: `Median of its ${nounOf(op, 2)} ${durationText(slowest.medianNs)} (of ${countText(slowest.requests)}), on ${next.name} ${durationText(next.medianNs)} (of ${countText(next.requests)}).`,
        advice:
          "Compare their models, links and health (smartctl -a, nvme smart-log), and the load of each: what is striped over both runs at the pace of the slower.",
        chart: null,
      };
    }
    return null;
  },
};
