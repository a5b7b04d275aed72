import type { Chunk } from "../model/batch.ts";
import type { TraceEnd } from "../model/trace.ts";
import { type Selection, selector, takesAllRows } from "./selection.ts";

/** Reads a trace from its first byte to its last, and hands on every chunk. */
export type ReadTrace = (consume: (chunk: Chunk) => void) => Promise<TraceEnd>;

/** What some requests of one device amount to. */
export interface Extent {
  requests: number;
  bytes: number;
  /** Of the requests that have a length; Infinity where none has. */
  lowestBytes: number;
  endBytes: number;
  firstNs: number;
}

/** By the index of the device; a device without requests has none. */
export type Extents = ReadonlyMap<number, Extent>;

/** What is known of a trace once it was read, before any of it is converted. */
export interface Survey {
  readonly end: TraceEnd;
  readonly extents: Extents;
}

/** Reads a trace for what the first lines of an output need to know of the last ones. */
export async function surveyTrace(read: ReadTrace): Promise<Survey> {
  const extents = new Map<number, Extent>();
  const end = await read(({ requests }) => {
    for (let i = 0; i < requests.length; i++) addTo(extents, requests, i);
  });
  return { end, extents };
}

/** The extents of the selected requests; the trace is read once more where the survey does not have them. */
export async function selectedExtents(read: ReadTrace, survey: Survey, selection: Selection): Promise<Extents> {
  if (takesAllRows(selection)) return new Map([...survey.extents].filter(([device]) => selection.devices.has(device)));
  const extents = new Map<number, Extent>();
  const select = selector(selection);
  await read(({ requests }) => {
    for (const i of select(requests)) addTo(extents, requests, i);
  });
  return extents;
}

function addTo(extents: Map<number, Extent>, requests: Chunk["requests"], i: number): void {
  const device = requests.device[i]!;
  const length = requests.lengthBytes[i]!;
  let extent = extents.get(device);
  if (extent === undefined) {
    extent = {
      requests: 0,
      bytes: 0,
      lowestBytes: Number.POSITIVE_INFINITY,
      endBytes: 0,
      firstNs: requests.issueNs[i]!,
    };
    extents.set(device, extent);
  }
  extent.requests++;
  extent.bytes += length;
  if (length === 0) return;
  const offset = requests.offsetBytes[i]!;
  if (offset < extent.lowestBytes) extent.lowestBytes = offset;
  if (offset + length > extent.endBytes) extent.endBytes = offset + length;
}
