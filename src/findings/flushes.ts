import { OP_CODE } from "../model/ops.ts";
import { counted, durationText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushAfterEveryWrite, flushesOf } from "./flushAfterEveryWrite.ts";

/**
 * How often the disk was asked to make its cache durable; a neutral fact where there is no flush for nearly every write.
 * https://docs.kernel.org/block/writeback_cache_control.html
 */
export const flushes: Finding = {
  id: "flushes",
  question: "How often was the write cache flushed?",
  judge(evidence) {
    const requests = figure(evidence, "requests");
    if (requests === null || flushesOf(requests) === 0 || flushAfterEveryWrite.judge(evidence) !== null) return null;
    const apartNs = firstTwoApartNs(evidence);
    const errors = figure(evidence, "errors");
    const apart = apartNs === null ? "" : `, ${durationText(apartNs)} between the first two`;
    return {
      severity: "info",
      title: `${counted(flushesOf(requests), "flush", "flushes")}${apart}`,
      evidence: errors?.total === 0 ? "No request failed." : "",
      advice: "",
      chart: null,
    };
  },
};

/** Nanoseconds between the first two flushes issued in the default scope; null where the sequence does not show them. */
function firstTwoApartNs({ trace, defaultScope, scopeList, sequence }: Evidence): number | null {
  if (trace.clock !== "ns") return null;
  const scope = scopeList.find(({ id }) => id === defaultScope);
  if (scope === undefined) return null;
  const [op, issueNs, device] = (["op", "issueNs", "device"] as const).map((name) => sequence.columns.indexOf(name));
  const isInside = (row: number) => scope.rows === null || scope.rows.some(([from, to]) => row >= from && row < to);
  const [first, second] = sequence.requests.filter(
    (request, row) =>
      request[op!] === OP_CODE.flush && isInside(row) && scope.devices.includes(request[device!] ?? Number.NaN),
  );
  const fromNs = first?.[issueNs!];
  const toNs = second?.[issueNs!];
  return fromNs == null || toNs == null ? null : toNs - fromNs;
}
