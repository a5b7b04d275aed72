import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import { type Assistant, assist } from "../../src/analysis/assistant.ts";
import { ASSISTED, METRICS, OTHERS } from "../../src/analysis/metrics/index.ts";
import { chunkMemory, holds, keepBatches, roomFor, rowsOf, setRows } from "../../src/model/chunkMemory.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { slowReader } from "../support/slowTrace.ts";

/** Does its work at once, on copies in shared memory that the next chunk overwrites. */
function assistantHere(): Assistant {
  let work: ReturnType<typeof assist> | null = null;
  let memory = chunkMemory({ requests: 1, completions: 1, bios: 1, events: 1 });
  return {
    begin(reading) {
      work = assist(structuredClone(reading));
    },
    add(chunk) {
      if (!holds(memory, rowsOf(chunk))) memory = chunkMemory(roomFor(rowsOf(chunk)));
      keepBatches(memory, chunk);
      const { batches } = chunkMemory(memory.room, memory.buffer);
      setRows(batches, rowsOf(chunk), chunk.requests.firstRow);
      work!.add({ ...structuredClone({ devices: chunk.devices, spans: chunk.spans }), ...batches });
      new Uint8Array(memory.buffer).fill(0xff);
    },
    async finish(end) {
      return structuredClone(work!.finish(structuredClone(end)));
    },
  };
}

describe("an assistant", () => {
  it("has its part of the metrics, and nobody else has them", () => {
    const both = [...ASSISTED, ...OTHERS];
    expect(both.map(({ id }) => id).sort()).toEqual(METRICS.map(({ id }) => id).sort());
    expect(ASSISTED.length).toBeGreaterThan(0);
    expect(OTHERS.length).toBeGreaterThan(0);
  });

  it("changes nothing in what is said of any trace", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, fc.integer({ min: 1, max: 50 }), async (trace, rows) => {
        const alone = await analyse(slowReader(trace, rows));
        const together = await analyse(slowReader(trace, rows), { assistant: assistantHere() });
        expect(together).toEqual(alone);
        expect(JSON.stringify(together.scopes)).toBe(JSON.stringify(alone.scopes));
      }),
      { numRuns: 12 },
    );
  });
});
