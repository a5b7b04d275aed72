import { changedBytes } from "../mutate/bytes.mjs";
import { changedJson } from "../mutate/json.mjs";
import { utf8 } from "../mutate/pieces.mjs";

export const RULES = [
  { metric: "alignment.byOp.write.unaligned", max: "+0%" },
  { metric: "requests.total", max: 100, min: "-10", level: "warn", scope: "whole" },
  { metric: "alignment.byBoundary.4096.byOp.write.unaligned", max: "+1.5%" },
  { metric: "latency.byOp.read.d2c.p99Ns", max: "-5%", level: "off" },
  { finding: "unaligned-writes", max: 0 },
];

/** Files of --gate. */
export function gatesTarget() {
  const bytes = utf8(JSON.stringify({ gates: RULES }));
  return {
    id: "gates",
    weight: 1,
    inputOf: (rnd) => {
      const changed = rnd.once(8) ? changedBytes(bytes, rnd, bytes) : changedJson(bytes, rnd, { likely: true });
      return [{ name: "gates.json", bytes: changed }];
    },
    run: (program, { written }) => program.judge(written()[0]),
  };
}
