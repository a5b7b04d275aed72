import { OPS } from "../../model/ops.ts";
import { withMoreRoom } from "./moreRoom.ts";

/** Numbers to a device: at 0 that of its previous data request, at 1 + op that of its previous one with that op. */
export const PER_DEVICE = OPS.length + 1;

/** What each device's previous data request left behind; NaN where there was none. */
export function startPrevious(): Float64Array {
  return new Float64Array(PER_DEVICE).fill(Number.NaN);
}

/** The same numbers with room for a device. */
export function roomForDevice(previous: Float64Array, device: number): Float64Array {
  return withMoreRoom(previous, (device + 1) * PER_DEVICE, Number.NaN);
}
