import { BDRV_AIO_EVENTS, BDRV_EVENTS } from "./bdrv.ts";
import { BLK_EVENTS } from "./blk.ts";
import { FILE_EVENTS, NVME_DRIVER_EVENTS, QCOW2_EVENTS } from "./drivers.ts";
import type { KnownEvent } from "./event.ts";
import { NBD_CLIENT_EVENTS, NBD_SERVER_EVENTS } from "./nbd.ts";
import { NVME_EVENTS } from "./nvme.ts";
import { SCSI_EVENTS } from "./scsi.ts";
import { VIRTIO_BLK_EVENTS } from "./virtioBlk.ts";

export type { KnownEvent } from "./event.ts";

/** Every event that tells of requests, in the forms that versions of qemu gave it. All others are read over. */
export const KNOWN_EVENTS: readonly KnownEvent[] = [
  ...VIRTIO_BLK_EVENTS,
  ...SCSI_EVENTS,
  ...NVME_EVENTS,
  ...NBD_SERVER_EVENTS,
  ...BLK_EVENTS,
  ...BDRV_AIO_EVENTS,
  ...BDRV_EVENTS,
  ...NBD_CLIENT_EVENTS,
  ...NVME_DRIVER_EVENTS,
  ...FILE_EVENTS,
  ...QCOW2_EVENTS,
];
