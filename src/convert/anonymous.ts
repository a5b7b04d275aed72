import { type Device, unknownDevice } from "../model/trace.ts";
import type { Extent } from "./extents.ts";
import type { Rows } from "./rows.ts";
import { extentOf, firstNs, type Source } from "./source.ts";

/** Addresses move by whole multiples of this, so that what was aligned stays aligned. */
const STEP_BYTES = 1 << 20;

/** A source without what could tell whose it is, and the change that its requests need. */
export interface Anonymous {
  readonly source: Source;
  /** Counts times and addresses from new zeros. */
  rebase(rows: Rows): void;
}

/** Takes names, texts, wall-clock time, sizes and places out of a trace; what its figures are made of stays. */
export function anonymous(source: Source): Anonymous {
  const zeroNs = zeroOf(source);
  const bases = source.devices.map((_, device) => baseOf(extentOf(source, device)));
  return {
    source: {
      ...source,
      extents: new Map([...source.extents].map(([device, extent]) => [device, moved(extent, bases[device]!, zeroNs)])),
      devices: source.devices.map((device, index) => unnamed(device, source.selected.indexOf(index))),
      processes: source.processes.map((process, index) =>
        index === 0 ? process : { pid: null, name: `process-${index}` },
      ),
      spans: source.spans.map((span, index) => ({
        ...span,
        name: `span-${index + 1}`,
        fromNs: span.fromNs - zeroNs,
        toNs: span.toNs - zeroNs,
      })),
      messages: [],
      startUnixNs: null,
    },
    rebase: (rows) => rebase(rows, bases, zeroNs),
  };
}

function zeroOf(source: Source): number {
  const first = firstNs(source);
  return Number.isFinite(first) ? first : 0;
}

function baseOf({ lowestBytes }: Extent): number {
  return Number.isFinite(lowestBytes) ? Math.floor(lowestBytes / STEP_BYTES) * STEP_BYTES : 0;
}

function moved(extent: Extent, base: number, zeroNs: number): Extent {
  const { lowestBytes, endBytes, firstNs: first } = extent;
  return {
    ...extent,
    lowestBytes: lowestBytes - base,
    endBytes: Math.max(0, endBytes - base),
    firstNs: first - zeroNs,
  };
}

/** Block sizes and the kind of the disk stay: figures and findings are made of them. */
function unnamed(device: Device, place: number): Device {
  const { logicalBlockBytes, physicalBlockBytes, rotational, discardGranularityBytes, stacked } = device;
  const facts = { logicalBlockBytes, physicalBlockBytes, rotational, discardGranularityBytes, stacked };
  return { ...unknownDevice(`device-${place + 1}`), ...facts };
}

function rebase(rows: Rows, bases: readonly number[], zeroNs: number): void {
  const {
    length,
    device,
    offsetBytes,
    lengthBytes,
    issueNs,
    queueNs,
    lastIssueNs,
    getRequestNs,
    insertNs,
    completeNs,
  } = rows;
  for (let i = 0; i < length; i++) {
    offsetBytes[i] = lengthBytes[i] === 0 ? 0 : offsetBytes[i]! - bases[device[i]!]!;
    issueNs[i]! -= zeroNs;
    queueNs[i]! -= zeroNs;
    lastIssueNs[i]! -= zeroNs;
    getRequestNs[i]! -= zeroNs;
    insertNs[i]! -= zeroNs;
    completeNs[i]! -= zeroNs;
  }
}
