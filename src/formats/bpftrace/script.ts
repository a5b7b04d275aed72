/** What people save as blkreport.bt: it writes a line when a request is issued and one when it is complete. */
export const SCRIPT = String.raw`
BEGIN { printf("# blkreport.bt: ns D disk flags sector bytes command pid, ns C disk flags sector bytes err=status\n"); }

kfunc:vmlinux:blk_mq_start_request {
  $rq = args->rq;
  printf("%llu D %s %x %llu %u %s %d\n",
    nsecs, $rq->q->disk->disk_name, $rq->cmd_flags, $rq->__sector, $rq->__data_len, comm, pid);
}

kfunc:vmlinux:blk_update_request {
  $rq = args->req;
  printf("%llu C %s %x %llu %u err=%d\n",
    nsecs, $rq->q->disk->disk_name, $rq->cmd_flags, $rq->__sector, args->nr_bytes, args->error);
}

// NVMe and others complete several requests at once.
kfunc:vmlinux:blk_mq_end_request_batch {
  $rq = args->iob->req_list;
  $i = 0;
  while ($i < 64 && (uint64)$rq != 0) {
    printf("%llu C %s %x %llu %u err=0\n",
      nsecs, $rq->q->disk->disk_name, $rq->cmd_flags, $rq->__sector, $rq->__data_len);
    $rq = $rq->rq_next;
    $i++;
  }
}
`;
