import fc from "fast-check";
import { EVENT_KINDS } from "../../src/model/batch.ts";
import { OPS, type Op, PRIORITY } from "../../src/model/ops.ts";
import type { Happening, SlowBio, SlowIssue, SlowTrace } from "./slowTrace.ts";

/** One step of a random trace; what a step does not use is left alone. */
const step = fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom("issue", "issue", "issue", "complete", "complete", "event") },
    { weight: 1, arbitrary: fc.constantFrom("begin", "end") },
  ),
  afterNs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000_000 })),
  op: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Op>("read", "write") },
    { weight: 1, arbitrary: fc.constantFrom(...OPS) },
  ),
  flags: fc
    .tuple(
      fc.integer({ min: 0, max: 31 }),
      fc.constantFrom(0, 0, 0, PRIORITY.realtime, PRIORITY.bestEffort, PRIORITY.idle),
    )
    .map(([flags, priority]) => flags | priority),
  device: fc.nat(7),
  /** null: where the previous request of the device ended. */
  sector: fc.option(
    fc.oneof(
      fc.integer({ min: 64, max: 2 ** 22 }),
      fc.integer({ min: 8, max: 4096 }).map((n) => n * 8),
    ),
  ),
  sectors: fc.oneof(
    fc.constant(8),
    fc.integer({ min: 0, max: 5000 }),
    fc.integer({ min: 0, max: 64 }).map((n) => n * 8),
  ),
  lags: fc.array(fc.option(fc.integer({ min: 0, max: 2_000_000 }), { freq: 6 }), { minLength: 3, maxLength: 3 }),
  process: fc.nat(5),
  merged: fc.nat(3),
  which: fc.nat(),
  error: fc.constantFrom(0, 0, 0, 5, 28),
  kind: fc.constantFrom(...EVENT_KINDS),
  span: fc.constantFrom("mkfs", "mount", "sync"),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const recorded = fc.record({
  clock: fc.constantFrom(true, true, true, false),
  completion: fc.constant(true),
  queue: fc.boolean(),
  process: fc.boolean(),
  cgroup: fc.boolean(),
  plug: fc.boolean(),
  merges: fc.boolean(),
  bios: fc.boolean(),
  flags: fc.boolean(),
  error: fc.boolean(),
});

/** A small trace of everything at once: devices, some stacked, spans that nest, requests that never end, columns that are missing. */
export const randomTrace: fc.Arbitrary<SlowTrace> = fc
  .record({
    stacked: fc.array(fc.constantFrom(false, false, true), { minLength: 1, maxLength: 4 }),
    startNs: fc.integer({ min: 0, max: 1_000_000_000 }),
    steps: fc.array(step, { minLength: 1, maxLength: 150, size: "max" }),
    recorded,
  })
  .map(({ stacked, startNs, steps, recorded: columns }) => ({
    devices: stacked.map((isStacked, i) => ({ name: `sd${"abcd"[i]}`, stacked: isStacked })),
    processes: ["not recorded", "cat", "dd", "cat", "mkfs.ext4", "mount"],
    recorded: columns,
    history: historyOf(steps, startNs, stacked.length),
  }));

function historyOf(steps: readonly Step[], startNs: number, devices: number): Happening[] {
  const history: Happening[] = [];
  const outstanding: { row: number; issue: SlowIssue; lags: Step["lags"]; merged: number }[] = [];
  const ends = new Map<number, number>();
  let rows = 0;
  let openSpans: string[] = [];
  let nowNs = startNs;
  for (const { what, afterNs, ...facts } of steps) {
    nowNs += afterNs;
    const device = facts.device % devices;
    if (what === "issue") {
      const issue = issueOf(facts, device, nowNs, ends);
      history.push({ what, issue });
      outstanding.push({ row: rows++, issue, lags: facts.lags, merged: facts.merged });
    } else if (what === "complete" && outstanding.length > 0) {
      const [request] = outstanding.splice(facts.which % outstanding.length, 1);
      history.push({ what: "completion", completion: completionOf(request!, nowNs, facts.error) });
    } else if (what === "event") {
      const { kind, op, sectors } = facts;
      history.push({ what, event: { kind, op, device, timeNs: nowNs, lengthBytes: sectors * 512 } });
    } else if (what === "begin") {
      openSpans.push(facts.span);
      history.push({ what, span: facts.span, timeNs: nowNs });
    } else if (what === "end" && openSpans.includes(facts.span)) {
      openSpans = openSpans.toSpliced(openSpans.lastIndexOf(facts.span), 1);
      history.push({ what, span: facts.span, timeNs: nowNs });
    }
  }
  return history;
}

type Facts = Omit<Step, "what" | "afterNs">;

function issueOf(facts: Facts, device: number, issueNs: number, ends: Map<number, number>): SlowIssue {
  const { op, flags, process, merged, sector, sectors, lags } = facts;
  const offsetBytes = sector === null ? (ends.get(device) ?? 65536) : sector * 512;
  const lengthBytes = op === "flush" ? 0 : sectors * 512;
  if (lengthBytes > 0) ends.set(device, offsetBytes + lengthBytes);
  const queueNs = lags[0] === null ? null : issueNs - lags[0]! - (lags[1] ?? 0) - (lags[2] ?? 0);
  return { op, flags, device, offsetBytes, lengthBytes, issueNs, queueNs, process, mergedBios: merged };
}

function completionOf(
  { row, issue, lags, merged }: { row: number; issue: SlowIssue; lags: Step["lags"]; merged: number },
  completeNs: number,
  error: number,
) {
  const getRequestNs = lags[1] === null ? null : issue.issueNs - lags[1]! - (lags[2] ?? 0);
  const insertNs = lags[2] === null ? null : issue.issueNs - lags[2]!;
  const { queueNs, issueNs, lengthBytes } = issue;
  const making = queueNs === null ? [] : [{ lengthBytes, queueNs, getRequestNs, insertNs, mergeNs: null }];
  const mergedBio = (i: number): SlowBio => ({
    lengthBytes: 512 * i,
    queueNs: issueNs - 1000 * (i + 1),
    getRequestNs,
    insertNs,
    mergeNs: issueNs - 300 * i,
  });
  const bios = [...making, ...Array.from({ length: merged }, (_, i) => mergedBio(i))];
  return { row, getRequestNs, insertNs, completeNs, error, bios };
}
