import type { Chunk } from "../../model/batch.ts";
import { withMoreRoom } from "../kernels/moreRoom.ts";
import { divideByDevice } from "./divide.ts";
import { heaviest, MOST_OWN, type Plan } from "./plan.ts";
import { FAMILIES, type Scope, type StartScope } from "./scope.ts";

/** The scopes of single devices, as long as a trace goes by. */
export class DeviceScopes {
  readonly #plan: Plan["devices"];
  readonly #otherIsHeavy: boolean;
  readonly #start: StartScope;
  /** By device index: the scope that takes its requests. */
  readonly #scopeOf: Scope[] = [];
  readonly #own = new Map<number, Scope>();
  #other: Scope | null = null;
  /** Set where requests went by before there were two devices. */
  #tooLate = false;
  #requests: Float64Array = new Float64Array(16);
  #bytes: Float64Array = new Float64Array(16);

  constructor(plan: Plan["devices"], otherIsHeavy: boolean, start: StartScope) {
    this.#plan = plan;
    this.#otherIsHeavy = otherIsHeavy;
    this.#start = start;
  }

  get scopes(): readonly Scope[] {
    return this.#other ? [...this.#own.values(), this.#other] : [...this.#own.values()];
  }

  get own(): ReadonlyMap<number, Scope> {
    return this.#own;
  }

  get other(): Scope | null {
    return this.#other;
  }

  /** Starts the scopes of devices not seen before, counts, and gives each scope its rows. */
  take(chunk: Chunk): void {
    if (this.#wants(chunk)) for (let d = this.#scopeOf.length; d < chunk.devices.length; d++) this.#meet(d);
    this.#count(chunk);
    if (this.#own.size === 0) return;
    for (const family of FAMILIES) {
      for (const scope of this.scopes) scope.parts[family].count = 0;
      divideByDevice(
        chunk[family],
        this.#scopeOf.map(({ parts }) => parts[family]),
      );
    }
  }

  #wants({ devices, requests, completions, bios, events }: Chunk): boolean {
    if (this.#plan !== null) return this.#plan.size > 0;
    if (devices.length >= 2 && !this.#tooLate) return true;
    if (requests.length + completions.length + bios.length + events.length > 0) this.#tooLate = true;
    return false;
  }

  #meet(device: number): void {
    const isOwn = this.#plan === null ? this.#own.size < MOST_OWN : this.#plan.has(device);
    if (isOwn) {
      const scope = this.#start("device", true);
      this.#own.set(device, scope);
      this.#scopeOf.push(scope);
    } else {
      this.#other ??= this.#start("other", this.#otherIsHeavy);
      this.#scopeOf.push(this.#other);
    }
  }

  #count({ devices, requests: { device, lengthBytes, length } }: Chunk): void {
    this.#bytes = withMoreRoom(this.#bytes, devices.length);
    this.#requests = withMoreRoom(this.#requests, devices.length);
    const bytes = this.#bytes;
    const requests = this.#requests;
    for (let i = 0; i < length; i++) {
      const d = device[i]!;
      requests[d]!++;
      bytes[d]! += lengthBytes[i]!;
    }
  }

  /** The devices that should have scopes of their own: none where only one has requests. */
  wanted(): Set<number> {
    const active = [...this.#requests.keys()].filter((d) => this.#requests[d]! > 0);
    return active.length < 2 ? new Set() : heaviest(active, (d) => this.#bytes[d]!);
  }

  /** Whether each wanted device, and no other one with requests, had a scope of its own from the start. */
  fits(wanted: ReadonlySet<number>): boolean {
    if (wanted.size === 0) return true;
    const own = [...this.#own.keys()].filter((d) => this.#requests[d]! > 0);
    return own.length === wanted.size && own.every((d) => wanted.has(d));
  }
}
