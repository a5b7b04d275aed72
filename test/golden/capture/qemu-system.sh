#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/events" <<'EOF'
bdrv_open_common
blk_co_preadv
blk_co_pwritev
virtio_blk_handle_read
virtio_blk_handle_write
virtio_blk_rw_complete
virtio_blk_req_complete
scsi_req_parsed
scsi_req_parsed_lba
scsi_req_dequeue
scsi_disk_dma_command_READ
scsi_disk_dma_command_WRITE
virtio_scsi_cmd_req
virtio_scsi_cmd_resp
pci_nvme_read
pci_nvme_write
pci_nvme_rw_cb
nbd_receive_request
nbd_co_receive_request_decode_type
nbd_co_send_simple_reply
nbd_co_send_structured_done
nbd_co_send_structured_error
nbd_co_send_structured_read
nbd_co_send_structured_read_hole
nbd_co_send_chunk_done
nbd_co_send_chunk_error
nbd_co_send_chunk_read
nbd_co_send_chunk_read_hole
nbd_send_request
EOF

status=0
/opt/qemu-system-x86_64 -hda a.raw -msg timestamp=on -trace "events=$work/events,file=$work/trace.log" || status=$?

mkdir -p traces
mv "$work/trace.log" traces/work.log
exit $status
