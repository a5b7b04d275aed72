import { isContainer, STRUCTURE_KINDS, type StructureKind } from "../../model/layout.ts";
import type { Device } from "../../model/trace.ts";
import type { Bytes } from "../../model/units.ts";
import type { Placed, Placement } from "./placement.ts";

/** A stretch of a device that belongs to something with a name. */
export interface Band extends Placed {
  readonly kind: StructureKind;
  /** Index into the trace's devices. */
  readonly device: number;
  readonly fromBytes: Bytes;
  readonly lengthBytes: Bytes;
}

const MOST_BANDS = 256;
/** A file in many pieces must not take the room of all others. */
const PIECES_FIRST = 4;

/** What holds others first, then what was touched, then the rest by kind; as many as may be, in order of device and place. */
export function bandsOf(placement: Placement, devices: readonly Device[], touched: readonly Placed[]): readonly Band[] {
  placement.meet(devices);
  const names = new Set(touched.map(nameOf));
  const all = devices.flatMap((_, device) => {
    const place = placement.of(device);
    return (place?.layout.structures ?? []).flatMap(({ extents }, i) => {
      const placed = placement.structures[place!.first + i]!;
      return extents.map(([fromBytes, lengthBytes], piece) => ({
        band: { ...placed, device, fromBytes, lengthBytes },
        rank: isContainer(placed.kind) ? 0 : names.has(nameOf(placed)) ? (piece < PIECES_FIRST ? 1 : 2) : 3,
      }));
    });
  });
  const kindOf = ({ kind }: Band) => STRUCTURE_KINDS.indexOf(kind);
  return all
    .sort((a, b) => a.rank - b.rank || kindOf(a.band) - kindOf(b.band))
    .slice(0, MOST_BANDS)
    .map(({ band }) => band)
    .sort((a, b) => a.device - b.device || a.fromBytes - b.fromBytes || b.lengthBytes - a.lengthBytes);
}

function nameOf({ name, kind, within }: Placed): string {
  return JSON.stringify([name, kind, within]);
}
