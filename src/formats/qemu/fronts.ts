import type { LocalDevices } from "./localDevices.ts";

/**
 * Names the guest's disks by their files: an event of a disk does not tell its file, but the block backend's event that
 * comes next does where it asks for the same bytes.
 */
export class Fronts {
  readonly #devices: LocalDevices;
  #device = -1;
  #op = 0;
  #offsetBytes = 0;
  #lengthBytes = 0;

  constructor(devices: LocalDevices) {
    this.#devices = devices;
  }

  /** The front end's request. Hot. */
  above(device: number, op: number, offsetBytes: number, lengthBytes: number): void {
    this.#device = this.#devices.isNamed(device) ? -1 : device;
    this.#op = op;
    this.#offsetBytes = offsetBytes;
    this.#lengthBytes = lengthBytes;
  }

  /** The backend's request. Hot. */
  below(nodeDevice: number, op: number, offsetBytes: number, lengthBytes: number): void {
    if (this.#device < 0) return;
    if (op === this.#op && offsetBytes === this.#offsetBytes && lengthBytes === this.#lengthBytes)
      this.#devices.name(this.#device, this.#devices.idOf(nodeDevice));
    this.#device = -1;
  }
}
