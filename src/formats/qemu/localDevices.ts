import type { TraceBuilder } from "../../model/builder.ts";
import { Roster } from "../../model/roster.ts";

const MOST_DEVICES = 4096;

interface LocalDevice {
  readonly id: string;
  name: string;
  bytes: number | null;
  /** Its index in the trace; -1 until one of its requests counts. */
  index: number;
}

function localDevice(id: string): LocalDevice {
  return { id, name: id, bytes: null, index: -1 };
}

/** The devices of all layers. Only those whose requests count become devices of the trace. */
export class LocalDevices {
  #latestKind = "";
  #latestPointer = -1;
  #latest = -1;
  readonly #devices = new Roster<string, LocalDevice>(MOST_DEVICES, () => localDevice("others"));

  /** The local number of a device. */
  add(id: string): number {
    return this.#devices.find(id) ?? this.#devices.add(id, localDevice(id));
  }

  /** The local number of what a pointer names. Hot. */
  atPointer(kind: string, pointer: number): number {
    if (pointer === this.#latestPointer && kind === this.#latestKind) return this.#latest;
    this.#latestKind = kind;
    this.#latestPointer = pointer;
    this.#latest = this.add(`${kind} 0x${pointer.toString(16)}`);
    return this.#latest;
  }

  idOf(device: number): string {
    return this.#devices.entries[device]!.id;
  }

  isNamed(device: number): boolean {
    const { id, name } = this.#devices.entries[device]!;
    return id !== name;
  }

  name(device: number, name: string): void {
    this.#devices.entries[device]!.name = name;
  }

  setSize(device: number, bytes: number): void {
    const local = this.#devices.entries[device]!;
    if (bytes > 0) local.bytes ??= bytes;
  }

  /** The device's index in the trace. Hot. */
  indexIn(out: TraceBuilder, device: number): number {
    const local = this.#devices.entries[device]!;
    if (local.index >= 0) return local.index;
    local.index = out.device(local.id);
    out.deviceFacts(local.index).bytes ??= local.bytes;
    return local.index;
  }

  /** Gives the trace's devices the names that were learned, where nothing else names them. */
  nameIn(out: TraceBuilder): void {
    for (const { id, name, index } of this.#devices.entries) {
      if (index < 0) continue;
      const facts = out.deviceFacts(index);
      if (facts.name === id) facts.name = name;
    }
  }
}
