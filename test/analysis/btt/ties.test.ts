import { expect, it } from "vitest";
import { analyse } from "../../../src/analysis/analyse.ts";
import { type Happening, type SlowIssue, type SlowTrace, slowReader } from "../../support/slowTrace.ts";

const issue = (device: number, issueNs: number): SlowIssue => ({
  op: "write",
  flags: 0,
  device,
  offsetBytes: 65536 * (device + 1),
  lengthBytes: 4096,
  issueNs,
  queueNs: issueNs - 100,
  process: 0,
  mergedBios: 0,
});

function completion(row: number, { queueNs, lengthBytes }: SlowIssue, completeNs: number): Happening {
  const bio = { queueNs: queueNs!, lengthBytes, getRequestNs: null, insertNs: null, mergeNs: null };
  const end = { row, completeNs, error: 0, getRequestNs: null, insertNs: null, bios: [bio] };
  return { what: "completion", completion: end };
}

// sda has ended before sdb is heard of, by an event: whoever reads a chunk's events first meets sdb first.
const first = issue(0, 1000);
const second = issue(1, 4000);
const trace: SlowTrace = {
  devices: ["sda", "sdb"].map((name) => ({ name, stacked: false })),
  processes: ["not recorded"],
  recorded: {
    clock: true,
    completion: true,
    queue: true,
    process: false,
    cgroup: false,
    plug: false,
    merges: false,
    bios: true,
    flags: false,
    error: false,
  },
  history: [
    { what: "issue", issue: first },
    completion(0, first, 2000),
    { what: "event", event: { kind: "bioQueued", op: "write", device: 1, timeNs: 3900, lengthBytes: 4096 } },
    { what: "issue", issue: second },
    completion(1, second, 5000),
  ],
};

it("two devices with as many bios come in the order of the trace, wherever batches are cut", async () => {
  for (const batchRows of [1, 2, undefined]) {
    const btt = (await analyse(slowReader(trace, batchRows))).scopes["whole"]?.btt;
    expect(btt?.ok && btt.value.byDevice.map(({ device, bios }) => [device, bios])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  }
});
