import type { LocalDevices } from "./localDevices.ts";

/** The namespaces of qemu's NVMe controllers, and the command that a controller has just begun. */
export class NvmeNamespaces {
  /** Deallocations of namespaces whose block size no read or write has told yet. */
  unsizedDeallocations = 0;
  /** Whether every completion shows with its status, so that no other event need be taken for it. */
  tellsStatus = false;
  /** Of the latest pci_nvme_io_cmd; -1 without one. */
  commandId = -1;
  namespace = -1;
  readonly #devices: LocalDevices;
  readonly #blockBytes = new Map<number, number>();

  constructor(devices: LocalDevices) {
    this.#devices = devices;
  }

  device(namespace: number): number {
    return this.#devices.add(namespace < 0 ? "nvme" : `nvme namespace ${namespace}`);
  }

  /** The bytes of a block from those of a transfer, which may have some bytes of metadata with each block. */
  learnBlockBytes(namespace: number, bytes: number, blocks: number): number {
    const blockBytes = 2 ** Math.floor(Math.log2(bytes / blocks));
    this.#blockBytes.set(namespace, blockBytes);
    return blockBytes;
  }

  blockBytes(namespace: number): number | undefined {
    return this.#blockBytes.get(namespace);
  }
}
