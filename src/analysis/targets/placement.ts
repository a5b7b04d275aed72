import type { DeviceLayout, Layout, StructureKind } from "../../model/layout.ts";
import type { Device } from "../../model/trace.ts";
import { type Leaves, leavesOf } from "./leaves.ts";

/** A structure of a layout, whichever device it lies on. */
export interface Placed {
  readonly name: string;
  readonly kind: StructureKind;
  /** The names of what holds it, from the inside out: "ext4 on sda1"; null: the device itself, and it is the only one. */
  readonly within: string | null;
}

/** A device of the trace whose structures are known. */
export interface PlacedDevice {
  readonly leaves: Leaves;
  readonly layout: DeviceLayout;
  /** The position of its first structure among those of all devices. */
  readonly first: number;
}

/** Finds what a layout says of the devices of a trace, which become known while it is read. */
export class Placement {
  readonly sources: readonly string[];
  /** Those of all devices, in the layout's order. */
  readonly structures: readonly Placed[];
  readonly #places: readonly PlacedDevice[];
  #devices: readonly Device[] = [];
  #byDevice: (PlacedDevice | null)[] = [];

  constructor({ sources, devices }: Layout) {
    this.sources = sources;
    this.structures = devices.flatMap((layout) => placedOf(layout, devices.length > 1));
    let first = 0;
    this.#places = devices.map((layout) => {
      const place = { layout, first, leaves: leavesOf(layout.structures) };
      first += layout.structures.length;
      return place;
    });
  }

  /** Every device known so far. */
  meet(devices: readonly Device[]): void {
    this.#devices = devices;
  }

  /** What is known of a device by its index; null: nothing. */
  of(device: number): PlacedDevice | null {
    const known = this.#byDevice[device];
    if (known !== undefined) return known;
    const { id, name } = this.#devices[device]!;
    const place = this.#places.find(({ layout }) => layout.device === null || [id, name].includes(layout.device));
    this.#byDevice[device] = place ?? null;
    return place ?? null;
  }
}

/** @param isOneOfSeveral whether a structure's name alone does not say on which device it lies. */
function placedOf({ device, structures }: DeviceLayout, isOneOfSeveral: boolean): readonly Placed[] {
  const placed: Placed[] = [];
  for (const { name, kind, within } of structures) {
    const holder = within === null ? null : placed[within]!;
    const outside = isOneOfSeveral ? device : null;
    placed.push({ name, kind, within: holder === null ? outside : joinedHolders(holder) });
  }
  return placed;
}

/** A partition's name says which disk it is on. */
function joinedHolders({ name, kind, within }: Placed): string {
  return within === null || kind === "partition" ? name : `${name} on ${within}`;
}
