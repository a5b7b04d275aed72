import type { Metric, View } from "../../src/analysis/metric.ts";
import { addToShared, startShared } from "../../src/analysis/shared.ts";
import type { Chunk } from "../../src/model/batch.ts";
import type { TraceEnd } from "../../src/model/trace.ts";

type ReadTrace = (consume: (chunk: Chunk) => void) => Promise<TraceEnd>;

/** The places of a batch whose device is not stacked. */
function lowest({ devices }: Chunk, device: Uint16Array, length: number): Uint32Array {
  return Uint32Array.from(Array.from({ length }, (_, i) => i).filter((i) => !devices[device[i]!]!.stacked));
}

function viewOf(chunk: Chunk): View {
  const { requests, completions, bios, events } = chunk;
  const rows = lowest(chunk, requests.device, requests.length);
  const done = lowest(chunk, completions.device, completions.length);
  const bioRows = lowest(chunk, bios.device, bios.length);
  const eventRows = lowest(chunk, events.device, events.length);
  const counts = {
    rowCount: rows.length,
    doneCount: done.length,
    bioCount: bioRows.length,
    eventCount: eventRows.length,
  };
  return { requests, rows, completions, done, bios, bioRows, events, eventRows, ...counts };
}

/** The value of one metric over the scope `whole`, without the cost of all the others. */
export async function oneMetric<Value, State>(metric: Metric<string, Value, State>, read: ReadTrace): Promise<Value> {
  const shared = startShared();
  const state = metric.start(shared);
  const trace = await read((chunk) => {
    addToShared(shared, viewOf(chunk));
    metric.add(state, viewOf(chunk));
  });
  return metric.finish(state, { trace, devices: [], firstNs: Number.NaN, lastNs: Number.NaN });
}
