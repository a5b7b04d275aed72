import { STRUCTURE_KINDS, type StructureKind } from "../../model/layout.ts";
import type { Device } from "../../model/trace.ts";
import type { Bytes } from "../../model/units.ts";
import type { Placement } from "./placement.ts";

/** A stretch of a device that belongs to something with a name. */
export interface Band {
  readonly name: string;
  readonly kind: StructureKind;
  /** Index into the trace's devices. */
  readonly device: number;
  readonly fromBytes: Bytes;
  readonly lengthBytes: Bytes;
}

const MOST_BANDS = 256;

/** The bands of the outermost kinds, as many as may be, in order of device and place. */
export function bandsOf(placement: Placement, devices: readonly Device[]): readonly Band[] {
  placement.meet(devices);
  const all = devices.flatMap((_, device): Band[] => {
    const structures = placement.of(device)?.layout.structures ?? [];
    return structures.flatMap(({ name, kind, extents }) =>
      extents.map(([fromBytes, lengthBytes]) => ({ name, kind, device, fromBytes, lengthBytes })),
    );
  });
  const byKind = all.sort((a, b) => STRUCTURE_KINDS.indexOf(a.kind) - STRUCTURE_KINDS.indexOf(b.kind));
  return byKind
    .slice(0, MOST_BANDS)
    .sort((a, b) => a.device - b.device || a.fromBytes - b.fromBytes || b.lengthBytes - a.lengthBytes);
}
