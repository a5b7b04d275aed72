import type { Chunk } from "../../model/batch.ts";
import type { AnyMetric } from "../metric.ts";
import type { Placement } from "../targets/placement.ts";
import { DeviceScopes } from "./deviceScopes.ts";
import { lowestLayer } from "./divide.ts";
import { emptyPart, type Part } from "./part.ts";
import type { Plan } from "./plan.ts";
import { addToScope, FAMILIES, type Family, type Scope, startScope } from "./scope.ts";
import { OTHER_DEVICES } from "./scopeIds.ts";
import { SpanScopes } from "./spanScopes.ts";

/** Every scope of a trace while it goes by. */
export class ScopeSet {
  readonly whole: Scope;
  readonly spans: SpanScopes;
  readonly devices: DeviceScopes;
  readonly #placement: Placement | null;
  readonly #reused: Readonly<Record<Family, Part>> = {
    requests: emptyPart(),
    completions: emptyPart(),
    bios: emptyPart(),
    events: emptyPart(),
  };

  /**
   * @param heavyId the id of a scope that shall have heavy metrics, whatever its kind.
   * @param metrics those that this set computes, where there is what they need.
   */
  constructor(
    { devices, spans }: Plan,
    heavyId: string | undefined,
    metrics: readonly AnyMetric[],
    placement: Placement | null = null,
  ) {
    const possible = placement === null ? metrics.filter(({ needs }) => !needs.includes("layout")) : metrics;
    const start = startScope.bind(null, possible, placement);
    this.#placement = placement;
    this.whole = start("whole", true);
    this.devices = new DeviceScopes(devices, heavyId === OTHER_DEVICES, start);
    this.spans = new SpanScopes(spans, heavyId, start);
  }

  add(chunk: Chunk): void {
    this.#placement?.meet(chunk.devices);
    const { parts } = this.whole;
    const stacked = stackedDevices(chunk);
    for (const family of FAMILIES) parts[family] = lowestLayer(chunk[family], stacked, this.#reused[family]);
    this.spans.take(chunk, parts);
    this.devices.take(chunk);
    for (const scope of [this.whole, ...this.spans.scopes, ...this.devices.scopes]) addToScope(scope, chunk);
  }

  /** What a second reading should do differently; null where this one was right. */
  betterPlan(): Plan | null {
    const devices = this.devices.wanted();
    const spans = this.spans.wanted();
    return this.devices.fits(devices) && this.spans.fits(spans) ? null : { devices, spans };
  }
}

/** By device index 1 where it is stacked; null where none is. */
function stackedDevices({ devices }: Chunk): Uint8Array | null {
  return devices.some(({ stacked }) => stacked) ? Uint8Array.from(devices, ({ stacked }) => (stacked ? 1 : 0)) : null;
}
