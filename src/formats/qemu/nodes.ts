import type { LocalDevices } from "./localDevices.ts";

const NBD = "nbd";
const NBD_NAME = /^(nbd|json:)/;
const MOST_NODES = 4096;
const RECENT = 64;

/** Drivers whose disk is not the file itself, but in it. */
const IMAGE_DRIVERS = new Set([
  ...["qcow2", "qcow", "qed", "vmdk", "vdi", "vpc", "vhdx"],
  ...["parallels", "luks", "cloop", "dmg", "bochs"],
]);

/** A node of qemu's block graph: an image, a file, a connection. */
export interface Node {
  readonly device: number;
  readonly filename: string;
  readonly driver: string;
  /** Whether the trace shows its opening. */
  readonly isOpened: boolean;
  /** Whether an image stands on it: what passes it has passed the image before. */
  isBelow: boolean;
}

/** The nodes by their pointers. Pointers are used again: the latest bdrv_open_common counts. */
export class Nodes {
  /** Requests at nodes below others. */
  below = 0;
  /** Nodes that were opened before the trace began, or by events that it lacks. */
  unknown = 0;
  readonly #devices: LocalDevices;
  readonly #nodes = new Map<number, Node>();
  #connections = 0;
  #connection: Node | null = null;
  /** The nodes met last, by some bits of their pointers. */
  readonly #recentPointers = new Float64Array(RECENT).fill(-1);
  readonly #recent: Node[] = [];

  constructor(devices: LocalDevices) {
    this.#devices = devices;
  }

  /** The one device that all connections to NBD servers count as, since no event of a request tells them apart. */
  get nbdDevice(): number {
    return this.#devices.add(NBD);
  }

  get hasOneConnection(): boolean {
    return this.#connections <= 1;
  }

  open(pointer: number, filename: string, driver: string): void {
    const node = this.#add(pointer, {
      device: this.#devices.add(deviceId(filename, driver)),
      filename,
      driver,
      isOpened: true,
      isBelow: false,
    });
    if (driver === NBD) this.#connect(node);
    if (driver !== "raw" && !IMAGE_DRIVERS.has(driver)) return;
    for (const other of this.#nodes.values()) {
      const isFile = other.driver !== "raw" && !IMAGE_DRIVERS.has(other.driver);
      if (isFile && other.filename === filename && filename !== "") other.isBelow = true;
    }
    this.#nameConnection(filename);
  }

  /** The node of a pointer, opened before the trace began where nothing tells of it. Hot. */
  at(pointer: number): Node {
    const slot = recentSlot(pointer);
    if (this.#recentPointers[slot] === pointer) return this.#recent[slot]!;
    const node = this.#nodes.get(pointer) ?? this.#addUnknown(pointer);
    this.#recentPointers[slot] = pointer;
    this.#recent[slot] = node;
    return node;
  }

  #addUnknown(pointer: number): Node {
    this.unknown++;
    const device = this.#devices.atPointer("bs", pointer);
    return this.#add(pointer, { device, filename: "", driver: "", isOpened: false, isBelow: false });
  }

  #add(pointer: number, node: Node): Node {
    this.#nodes.delete(pointer);
    if (this.#nodes.size === MOST_NODES) this.#nodes.delete(this.#nodes.keys().next().value!);
    this.#nodes.set(pointer, node);
    this.#recentPointers[recentSlot(pointer)] = -1;
    return node;
  }

  /** qemu does not yet know the name of a connection when it opens it: the image on top of it is opened next, and has it. */
  #connect(node: Node): void {
    this.#connections++;
    this.#connection = node;
    this.#devices.name(this.nbdDevice, this.hasOneConnection && node.filename !== "" ? node.filename : NBD);
  }

  #nameConnection(filename: string): void {
    if (this.#connection?.filename === "" && NBD_NAME.test(filename)) {
      this.#connection.isBelow = true;
      if (this.hasOneConnection) this.#devices.name(this.nbdDevice, filename);
    }
    this.#connection = null;
  }
}

/** Nodes are allocated by 16 bytes at least. */
function recentSlot(pointer: number): number {
  return ((pointer >> 4) ^ (pointer >> 10)) & (RECENT - 1);
}

function deviceId(filename: string, driver: string): string {
  const name = filename === "" ? driver : filename;
  return IMAGE_DRIVERS.has(driver) ? `${name} (${driver})` : name;
}
