import type { TraceBuilder } from "../../model/builder.ts";
import { growColumns } from "../../model/columns.ts";
import { TraceError } from "../../model/errors.ts";
import { countText, listed } from "../../model/quantities.ts";
import type { Place } from "../../model/trace.ts";
import { LAYERS } from "./layers.ts";
import type { LocalDevices } from "./localDevices.ts";

/** So many issues and completions are looked at before the layer is chosen. */
export const LOOK_AHEAD = 1 << 16;
const NO_CPU = -1;
const ISSUE = 0;
const COMPLETION = 1;

/**
 * Lets the requests of one layer through, so that none is counted twice: of the layer that the side file names, else of
 * that nearest to the guest among the first LOOK_AHEAD issues and completions, with the others of its rank.
 */
export class ChosenLayers {
  /** Whether the trace has times, of which readers tell by the first request. */
  #clock = false;
  readonly #out: TraceBuilder;
  readonly #devices: LocalDevices;
  readonly #hint: string | undefined;
  readonly #chosen: boolean[] = LAYERS.map(() => false);
  readonly #requests = LAYERS.map(() => 0);
  #decided = false;
  #completions = 0;
  #waiting = 0;
  readonly #ahead = {
    kind: new Uint8Array(1024),
    layer: new Uint8Array(1024),
    op: new Uint8Array(1024),
    flags: new Uint16Array(1024),
    device: new Uint16Array(1024),
    error: new Uint16Array(1024),
    slot: new Float64Array(1024),
    offsetBytes: new Float64Array(1024),
    lengthBytes: new Float64Array(1024),
    timeNs: new Float64Array(1024),
  };
  /** What completions repeat, by their request's slot. */
  readonly #issued = {
    row: new Float64Array(64),
    op: new Uint8Array(64),
    flags: new Uint16Array(64),
    device: new Uint16Array(64),
    offsetBytes: new Float64Array(64),
    lengthBytes: new Float64Array(64),
    issueNs: new Float64Array(64),
  };

  constructor(out: TraceBuilder, devices: LocalDevices, hint: string | undefined) {
    this.#out = out;
    this.#devices = devices;
    this.#hint = hint;
  }

  /** The trace has times: those of requests so far, if any, wait for it. */
  startClock(): void {
    if (!this.#decided) this.#clock = true;
  }

  /** @param slot where the request's completion will find it; -1 where none will come. Hot. */
  issue(
    layer: number,
    slot: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
  ): void {
    this.#requests[layer]!++;
    if (!this.#decided) this.#wait(ISSUE, layer, slot, op, flags, device, offsetBytes, lengthBytes, timeNs, 0);
    else if (this.#chosen[layer]) this.#issue(slot, op, flags, device, offsetBytes, lengthBytes, timeNs);
  }

  /** Completes the request of a slot. Hot. */
  complete(layer: number, slot: number, timeNs: number, error: number): void {
    if (!this.#decided) this.#wait(COMPLETION, layer, slot, 0, 0, 0, 0, 0, timeNs, error);
    else if (this.#chosen[layer]) this.#complete(slot, timeNs, error);
  }

  /** Whether requests of this layer count, and there are some. */
  counts(layer: number): boolean {
    return this.#chosen[layer]! && this.#requests[layer]! > 0;
  }

  /** Lets through what still waits, and says which layer counts. */
  finish(place: Place): void {
    if (!this.#decided) this.#decide();
    this.#assertHint(place);
    const chosen = LAYERS.filter((_, layer) => this.counts(layer));
    if (chosen.length === 0)
      this.#out.note("no-requests", "no event tells of requests: trace blk_co_preadv and blk_co_pwritev at least");
    const { recorded } = this.#out;
    recorded.completion = this.#completions > 0;
    recorded.flags = chosen.length > 0 && chosen.every(({ flags }) => flags);
    this.#noteOthers(chosen.map(({ name }) => name));
    for (const { name, lacks } of chosen)
      if (lacks !== null) this.#out.note("not-traced", `qemu's ${name} events do not show ${lacks}`);
  }

  #wait(
    kind: number,
    layer: number,
    slot: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
    error: number,
  ): void {
    const ahead = this.#ahead;
    const i = this.#waiting++;
    if (i === ahead.kind.length) growColumns(ahead);
    ahead.kind[i] = kind;
    ahead.layer[i] = layer;
    ahead.slot[i] = slot;
    ahead.op[i] = op;
    ahead.flags[i] = flags;
    ahead.device[i] = device;
    ahead.offsetBytes[i] = offsetBytes;
    ahead.lengthBytes[i] = lengthBytes;
    ahead.timeNs[i] = timeNs;
    ahead.error[i] = error;
    if (this.#waiting === LOOK_AHEAD || this.#hint !== undefined) this.#decide();
  }

  #decide(): void {
    this.#decided = true;
    this.#out.recorded.clock = this.#clock;
    const seen = LAYERS.filter((_, layer) => this.#requests[layer]! > 0);
    const nearest = Math.min(...seen.map(({ rank }) => rank));
    for (const [layer, { name, rank }] of LAYERS.entries())
      this.#chosen[layer] = this.#hint === undefined ? rank === nearest : name === this.#hint;
    const { kind, layer, slot, op, flags, device, offsetBytes, lengthBytes, timeNs, error } = this.#ahead;
    for (let i = 0; i < this.#waiting; i++) {
      if (!this.#chosen[layer[i]!]) continue;
      if (kind[i] === ISSUE)
        this.#issue(slot[i]!, op[i]!, flags[i]!, device[i]!, offsetBytes[i]!, lengthBytes[i]!, timeNs[i]!);
      else this.#complete(slot[i]!, timeNs[i]!, error[i]!);
    }
  }

  #issue(
    slot: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
  ): void {
    const out = this.#out;
    const index = this.#devices.indexIn(out, device);
    const issueNs = this.#clock ? timeNs : out.rows;
    const row = out.request(op, flags, index, offsetBytes, lengthBytes, issueNs, Number.NaN, 0, NO_CPU, 0);
    if (slot < 0) return;
    const issued = this.#issued;
    while (slot >= issued.row.length) growColumns(issued);
    issued.row[slot] = row;
    issued.op[slot] = op;
    issued.flags[slot] = flags;
    issued.device[slot] = index;
    issued.offsetBytes[slot] = offsetBytes;
    issued.lengthBytes[slot] = lengthBytes;
    issued.issueNs[slot] = issueNs;
  }

  /** Without a clock, that a request is complete tells nothing. */
  #complete(slot: number, timeNs: number, error: number): void {
    if (!this.#clock) return;
    this.#completions++;
    const { row, op, flags, device, offsetBytes, lengthBytes, issueNs } = this.#issued;
    this.#out.complete(
      row[slot]!,
      op[slot]!,
      flags[slot]!,
      device[slot]!,
      offsetBytes[slot]!,
      lengthBytes[slot]!,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      issueNs[slot]!,
      timeNs,
      error,
    );
  }

  #assertHint(place: Place): void {
    const hint = this.#hint;
    if (hint === undefined || LAYERS.some(({ name }, layer) => name === hint && this.#requests[layer]! > 0)) return;
    const seen = LAYERS.filter((_, layer) => this.#requests[layer]! > 0).map(({ name }) => name);
    const cure =
      seen.length === 0
        ? "no event of this trace tells of requests: trace blk_co_preadv and blk_co_pwritev at least"
        : `this trace has ${seen.join(", ")}: name one of them in its side file`;
    throw new TraceError(place, "unknown", `layer ${JSON.stringify(hint)}`, cure);
  }

  #noteOthers(chosen: readonly string[]): void {
    const others = LAYERS.flatMap(({ name }, layer) => {
      const requests = this.#requests[layer]!;
      return requests > 0 && !this.#chosen[layer] ? [{ name, requests }] : [];
    });
    if (others.length === 0) return;
    const counts = others.map(({ name, requests }) => `${name} ${countText(requests)}`).join(", ");
    const key = `"read": { "layer": "${others[0]!.name}" }`;
    this.#out.note(
      "layers",
      `requests are those of ${listed(chosen)}; also in this trace: ${counts}; choose with ${key} in the side file`,
    );
  }
}
