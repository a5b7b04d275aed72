import type { Fronts } from "./fronts.ts";
import { LAYER } from "./layers.ts";
import type { LocalDevices } from "./localDevices.ts";
import { flagsOfNbd, NO_REQUEST, opOfNbdType } from "./nbdCommands.ts";
import type { Requests } from "./requests.ts";

/** What clients ask of qemu's NBD server: nbd_receive_request has no handle, nbd_co_receive_request_decode_type adds it. */
export class NbdExports {
  /** Whether the trace shows how holes are answered. */
  showsHoles = false;
  readonly #requests: Requests;
  readonly #devices: LocalDevices;
  readonly #fronts: Fronts;
  #device = -1;
  #waits = false;
  #type = 0;
  #flags = 0;
  #offsetBytes = 0;
  #lengthBytes = 0;
  #timeNs = 0;

  constructor(requests: Requests, devices: LocalDevices, fronts: Fronts) {
    this.#requests = requests;
    this.#devices = devices;
    this.#fronts = fronts;
  }

  /** The one device that all exports count as, since no event tells them apart. */
  get device(): number {
    if (this.#device < 0) this.#device = this.#devices.add("nbd export");
    return this.#device;
  }

  receive(type: number, flags: number, offsetBytes: number, lengthBytes: number, timeNs: number): void {
    this.settle();
    this.#waits = true;
    this.#type = type;
    this.#flags = flagsOfNbd(flags);
    this.#offsetBytes = offsetBytes;
    this.#lengthBytes = lengthBytes;
    this.#timeNs = timeNs;
    const op = opOfNbdType(type);
    if (op !== NO_REQUEST) this.#fronts.above(this.device, op, offsetBytes, lengthBytes);
  }

  /** The handle by which the reply will be found. */
  identify(high: number, low: number, type: number): void {
    if (!this.#waits || this.#type !== type) return;
    this.#waits = false;
    const op = opOfNbdType(type);
    const layer = LAYER.nbdServer;
    this.#requests.forget(layer, high, low);
    if (op === NO_REQUEST) this.#requests.ignore(layer, high, low);
    else
      this.#requests.open(
        layer,
        high,
        low,
        op,
        this.#flags,
        this.device,
        this.#offsetBytes,
        this.#lengthBytes,
        this.#timeNs,
      );
  }

  /** The last request has no handle in the trace. */
  settle(): void {
    if (!this.#waits) return;
    this.#waits = false;
    const op = opOfNbdType(this.#type);
    if (op === NO_REQUEST) return;
    const [offsetBytes, lengthBytes] = [this.#offsetBytes, this.#lengthBytes];
    this.#requests.issue(LAYER.nbdServer, op, this.#flags, this.device, offsetBytes, lengthBytes, this.#timeNs);
  }
}
