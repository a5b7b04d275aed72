/**
 * Where qemu traces a request: each passes several of these. Those of one rank serve different disks, or different
 * clients of one, and show no request twice.
 */
interface LayerFacts {
  readonly name: string;
  /** 0 is nearest to the guest. */
  readonly rank: number;
  /** Whether its events tell of FUA. */
  readonly flags: boolean;
  /** Which requests its events do not show. */
  readonly lacks: string | null;
}

const LAYERS_BY_KEY = {
  virtioBlk: { name: "virtio-blk", rank: 0, flags: false, lacks: "flushes, discards and write zeroes" },
  scsi: { name: "scsi", rank: 0, flags: false, lacks: null },
  nvme: { name: "nvme", rank: 0, flags: false, lacks: null },
  nbdServer: { name: "nbd-server", rank: 0, flags: true, lacks: null },
  blk: { name: "blk", rank: 1, flags: true, lacks: "flushes and discards" },
  bdrvAio: { name: "bdrv-aio", rank: 2, flags: false, lacks: null },
  bdrv: { name: "bdrv", rank: 3, flags: true, lacks: "flushes and discards" },
  nbdClient: { name: "nbd-client", rank: 4, flags: true, lacks: null },
  nvmeDriver: { name: "nvme-driver", rank: 4, flags: false, lacks: "flushes" },
  file: { name: "file", rank: 4, flags: false, lacks: null },
  qcow2: { name: "qcow2", rank: 5, flags: false, lacks: "reads, flushes and discards" },
} as const satisfies Record<string, LayerFacts>;

export const LAYERS: readonly LayerFacts[] = Object.values(LAYERS_BY_KEY);

/** The number of each layer. */
export const LAYER = Object.fromEntries(Object.keys(LAYERS_BY_KEY).map((key, i) => [key, i])) as Readonly<
  Record<keyof typeof LAYERS_BY_KEY, number>
>;
