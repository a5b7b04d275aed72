import { addDataInFlight } from "./kernels/dataInFlight.ts";
import { type InFlight, startInFlight } from "./kernels/inFlight.ts";
import type { View } from "./metric.ts";

/** As many as the metric with the most of them shows; others join them. */
const IN_FLIGHT_BINS = 512;

/** What several metrics of a scope are made of, computed once for all of them. */
export interface Shared {
  /** Data requests, in IN_FLIGHT_BINS bins of time. */
  readonly inFlight: InFlight;
}

export function startShared(): Shared {
  return { inFlight: startInFlight(IN_FLIGHT_BINS) };
}

/** Adds a view, before it is added to the metrics. */
export function addToShared({ inFlight }: Shared, view: View): void {
  addDataInFlight(inFlight, view);
}
