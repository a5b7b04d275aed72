/** The events of the guest's disks, and of the block layer below them for the names of their files. */
export const GUEST_EVENTS = [
  "bdrv_open_common",
  "blk_co_preadv",
  "blk_co_pwritev",
  "virtio_blk_handle_read",
  "virtio_blk_handle_write",
  "virtio_blk_rw_complete",
  "virtio_blk_req_complete",
  "scsi_req_parsed",
  "scsi_req_parsed_lba",
  "scsi_req_dequeue",
  "scsi_disk_dma_command_READ",
  "scsi_disk_dma_command_WRITE",
  "virtio_scsi_cmd_req",
  "virtio_scsi_cmd_resp",
] as const;

/** Those of an NBD server. Its replies are structured up to qemu 8.1, and chunks since. */
export const NBD_SERVER_EVENTS = [
  "nbd_receive_request",
  "nbd_co_receive_request_decode_type",
  "nbd_co_send_simple_reply",
  "nbd_co_send_structured_done",
  "nbd_co_send_structured_error",
  "nbd_co_send_structured_read",
  "nbd_co_send_structured_read_hole",
  "nbd_co_send_chunk_done",
  "nbd_co_send_chunk_error",
  "nbd_co_send_chunk_read",
  "nbd_co_send_chunk_read_hole",
] as const;
