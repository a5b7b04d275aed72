import { addCompletedBios, type CompletedBios, startCompletedBios } from "./kernels/completedBios.ts";
import { addDataInFlight } from "./kernels/dataInFlight.ts";
import { type InFlight, startInFlight } from "./kernels/inFlight.ts";
import { addQueuedBios, type QueuedBios, startQueuedBios } from "./kernels/queuedBios.ts";
import type { View } from "./metric.ts";
import type { Placement } from "./targets/placement.ts";

/** As many as the metric with the most of them shows; others join them. */
const IN_FLIGHT_BINS = 512;

/** What several metrics of a scope are made of, computed once for all of them; null where none has asked for it. */
export interface Shared {
  inFlight: InFlight | null;
  bios: Bios | null;
  /** What lies where; null: no layout is known. */
  readonly placement: Placement | null;
}

/** Bios with bytes. */
export interface Bios {
  readonly queued: QueuedBios;
  readonly completed: CompletedBios;
}

export function startShared(placement: Placement | null = null): Shared {
  return { inFlight: null, bios: null, placement };
}

/** For metrics that need a layout: they start only where there is one. */
export function placementOf({ placement }: Shared): Placement {
  if (placement === null) throw new Error("a metric that needs a layout was started without one");
  return placement;
}

/** Data requests, in IN_FLIGHT_BINS bins of time; a metric asks at its start. */
export function askForInFlight(shared: Shared): InFlight {
  shared.inFlight ??= startInFlight(IN_FLIGHT_BINS);
  return shared.inFlight;
}

export function askForBios(shared: Shared): Bios {
  shared.bios ??= { queued: startQueuedBios(), completed: startCompletedBios() };
  return shared.bios;
}

/** Adds a view, before it is added to the metrics. */
export function addToShared({ inFlight, bios }: Shared, view: View): void {
  if (inFlight !== null) addDataInFlight(inFlight, view);
  if (bios === null) return;
  addQueuedBios(bios.queued, view.events, view.eventRows, view.eventCount);
  addCompletedBios(bios.completed, view.bios, view.bioRows, view.bioCount);
}
