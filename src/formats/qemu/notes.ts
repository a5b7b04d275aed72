import type { TraceBuilder } from "../../model/builder.ts";
import { counted } from "../../model/quantities.ts";
import { LAYER } from "./layers.ts";
import type { QemuTrace } from "./qemuTrace.ts";

/** Says of the layers that count what their events could not tell. */
export function noteGaps(
  { layers, scsi, nvme, nbdExports, nodes, virtioBlkUnseen }: QemuTrace,
  out: TraceBuilder,
): void {
  const note = (layer: number, count: number, code: string, text: string) => {
    if (count > 0 && layers.counts(layer)) out.note(code, text);
  };
  note(
    LAYER.virtioBlk,
    virtioBlkUnseen,
    "virtio-blk-unseen",
    `${counted(virtioBlkUnseen, "virtio-blk request")} completed that no event showed before: flushes, discards, write zeroes`,
  );
  note(
    LAYER.scsi,
    scsi.unmaps,
    "scsi-unmap",
    `${counted(scsi.unmaps, "SCSI UNMAP", "SCSI UNMAPs")} not counted as discards: no event shows their ranges`,
  );
  note(
    LAYER.scsi,
    scsi.unsizedWriteSames,
    "scsi-write-same",
    `${counted(scsi.unsizedWriteSames, "SCSI WRITE SAME", "SCSI WRITE SAMEs")} not counted: trace blk_co_pwritev too, which shows their lengths`,
  );
  note(
    LAYER.scsi,
    scsi.unplaced,
    "scsi-unplaced",
    `${counted(scsi.unplaced, "SCSI read or write", "SCSI reads and writes")} not counted: trace scsi_req_parsed_lba and scsi_disk_dma_command_* too, which show their place`,
  );
  note(
    LAYER.scsi,
    Number(scsi.assumesBlocks),
    "scsi-blocks",
    "blocks of SCSI disks count as 512 bytes where the trace lacks scsi_req_parsed and scsi_disk_dma_command_*, which show their bytes",
  );
  note(
    LAYER.nvme,
    nvme.unsizedDeallocations,
    "nvme-blocks",
    `${counted(nvme.unsizedDeallocations, "range")} without data before the first read or write of its namespace not counted: the bytes of a block are not known`,
  );
  note(
    LAYER.nbdServer,
    nbdExports.showsHoles ? 0 : out.quality.unmatchedIssues,
    "nbd-holes",
    "reads of holes have no completion: trace nbd_co_send_structured_read_hole (since 8.2 nbd_co_send_chunk_read_hole) too",
  );
  note(
    LAYER.bdrv,
    nodes.below,
    "nodes-below",
    `${counted(nodes.below, "request")} at files and connections below an image not counted: the image shows them`,
  );
  note(
    LAYER.bdrv,
    nodes.unknown,
    "nodes-unknown",
    "bdrv_open_common is not traced for all nodes: a request may count at an image and again at its file; blk_co_* show each once",
  );
}
