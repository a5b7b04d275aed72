import type { Span } from "../model/batch.ts";
import type { Device, Message, Process, Recorded, TraceEnd } from "../model/trace.ts";
import type { Extent, Extents } from "./extents.ts";
import { type Selection, takesAllRows, takesPlace } from "./selection.ts";

/** What an output can say beside its requests. Indexes and rows are the trace's own. */
export interface Source {
  /** Indexes of the selected devices, ascending. */
  readonly selected: readonly number[];
  readonly extents: Extents;
  readonly devices: readonly Device[];
  readonly processes: readonly Process[];
  readonly spans: readonly Span[];
  readonly messages: readonly Message[];
  /** Wall-clock time of the time 0 of the requests, in nanoseconds since 1970, as decimal digits. */
  readonly startUnixNs: string | null;
  readonly recorded: Readonly<Recorded>;
}

/** What the selected part of a trace can say of itself. */
export function sourceOf(end: TraceEnd, selection: Selection, extents: Extents): Source {
  const { devices, processes, startUnixNs, recorded } = end;
  return {
    selected: [...selection.devices].sort((a, b) => a - b),
    extents,
    devices,
    processes,
    spans: end.spans.filter((span) => overlaps(span, selection)),
    messages: end.messages.filter(({ row, timeNs }) => takesPlace(selection, row, timeNs)),
    startUnixNs,
    recorded,
  };
}

function overlaps({ fromRow, toRow, fromNs, toNs }: Span, selection: Selection): boolean {
  if (takesAllRows(selection)) return true;
  if (fromNs >= selection.untilNs || toNs < selection.fromNs) return false;
  return selection.rows === null || selection.rows.some(([from, to]) => from < toRow && fromRow < to);
}

/** The extent of the device, or one of nothing. */
export function extentOf({ extents }: Source, device: number): Readonly<Extent> {
  return extents.get(device) ?? { requests: 0, bytes: 0, lowestBytes: 0, endBytes: 0, firstNs: 0 };
}

/** When the first of the selected requests was issued. */
export function firstNs({ extents }: Source): number {
  return Math.min(...[...extents.values()].map((extent) => extent.firstNs), Number.POSITIVE_INFINITY);
}

/** By the index of the device: its name, with a number where an earlier device has the same one. */
export function deviceLabels(devices: readonly Device[], plain: (name: string) => string = (name) => name): string[] {
  const used = new Set<string>();
  return devices.map(({ id, name }, index) => {
    const wanted = plain(name || id) || `device-${index + 1}`;
    let label = wanted;
    for (let copy = 2; used.has(label); copy++) label = `${wanted}-${copy}`;
    used.add(label);
    return label;
  });
}
