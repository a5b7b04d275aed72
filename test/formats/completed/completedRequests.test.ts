import fc from "fast-check";
import { expect, it } from "vitest";
import { CompletedRequests } from "../../../src/formats/completed/completedRequests.ts";
import { TraceBuilder } from "../../../src/model/builder.ts";
import { collector, type PlainTrace } from "../../support/inputs.ts";

interface Made {
  readonly issueNs: number;
  readonly completeNs: number;
}

const made = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 50 }), latency: fc.integer({ min: 0, max: 400 }) }), {
  minLength: 1,
  maxLength: 300,
});

/** Requests in order of their issue, each at an offset of its own. */
function requestsOf(steps: readonly { gap: number; latency: number }[]): Made[] {
  let issueNs = 0;
  return steps.map(({ gap, latency }) => {
    issueNs += gap;
    return { issueNs, completeNs: issueNs + latency };
  });
}

function read(completed: readonly (Made & { offset: number })[], mostWaiting?: number): PlainTrace {
  const { consume, trace } = collector();
  const builder = new TraceBuilder(consume, { batchRows: 7 });
  const requests = new CompletedRequests(builder, mostWaiting);
  const device = builder.device("disk");
  for (const { issueNs, completeNs, offset } of completed)
    requests.add(0, 0, device, offset, 512, Number.NaN, issueNs, completeNs, 0, 0, -1);
  requests.finish();
  return { ...trace, end: builder.finish() };
}

function inOrderOfCompletion(requests: readonly Made[]): (Made & { offset: number })[] {
  const numbered = requests.map((request, row) => ({ ...request, offset: row * 512 }));
  return numbered.sort((a, b) => a.completeNs - b.completeNs || a.offset - b.offset);
}

it("gives back the order of issue, and completions in order of theirs", () => {
  fc.assert(
    fc.property(made, (steps) => {
      const requests = requestsOf(steps);
      const origin = requests[0]!.issueNs;
      const { requests: rows, completions } = read(inOrderOfCompletion(requests));
      expect(rows.map(({ issueNs }) => issueNs)).toEqual(requests.map(({ issueNs }) => issueNs - origin));
      const times = completions.map(({ completeNs }) => completeNs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      for (const { row, offsetBytes, issueNs, completeNs } of completions) {
        expect(offsetBytes).toBe(rows[row]!.offsetBytes);
        expect(completeNs - issueNs).toBe(steps[offsetBytes / 512]!.latency);
      }
    }),
  );
});

it("keeps the latency of what comes too late for its place, and says so", () => {
  const slow = { issueNs: 0, completeNs: 1000, offset: 0 };
  const quick = Array.from({ length: 10 }, (_, i) => ({
    issueNs: i * 10 + 1,
    completeNs: i * 10 + 2,
    offset: 512 * (i + 1),
  }));
  const { requests, completions, end } = read([...quick, slow], 4);
  expect(requests.map(({ offsetBytes }) => offsetBytes / 512)).toEqual([1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10]);
  expect(completions.at(-1)).toMatchObject({ offsetBytes: 0, issueNs: -1, completeNs: 999 });
  expect(end.quality).toMatchObject({ clockSteps: 1, notes: [{ code: "issued-late" }] });
});

it("gives no completion where none is recorded", () => {
  const { requests, completions } = read([{ issueNs: 5, completeNs: Number.NaN, offset: 0 }]);
  expect([requests.length, completions.length]).toEqual([1, 0]);
});
