import { OP_CODE } from "../../../model/ops.ts";
import { event } from "./event.ts";

const EIO = 5;
const NEXUS = "target {target} lun {lun} tag {tag}";

/** hw/scsi/scsi-bus.c, scsi-disk.c and virtio-scsi.c. */
export const SCSI_EVENTS = [
  event(
    "scsi_req_parsed",
    `${NEXUS} command {command} dir {dir} length {bytes}`,
    ({ scsi }, { value, low, timeNs }) => {
      scsi.parsed(value[0]!, value[1]!, low[2]!, value[3]!, value[5]!, timeNs);
      return true;
    },
  ),
  event("scsi_req_parsed_lba", `${NEXUS} command {command} lba {block}`, ({ scsi }, { value, low, timeNs }) => {
    scsi.parsedBlock(value[0]!, value[1]!, low[2]!, value[3]!, value[4]!, timeNs);
    return true;
  }),
  event("scsi_disk_dma_command_READ", "Read (sector {block}, count {blocks})", ({ scsi }, { value, timeNs }) =>
    scsi.transfer(OP_CODE.read, value[0]!, value[1]!, timeNs),
  ),
  event(
    "scsi_disk_dma_command_WRITE",
    "Write {kind:s}(sector {block}, count {blocks})",
    ({ scsi }, { value, timeNs }) => scsi.transfer(OP_CODE.write, value[1]!, value[2]!, timeNs),
  ),
  event("scsi_req_build_sense", `${NEXUS} key {key} asc {asc} ascq {ascq}`, ({ scsi }, { low }) => {
    scsi.buildsSense(low[2]!);
    return true;
  }),
  event("scsi_req_dequeue", NEXUS, ({ scsi }, { low, timeNs }) => {
    scsi.dequeue(low[2]!, timeNs, EIO);
    return true;
  }),
  event("virtio_scsi_cmd_req", "virtio_scsi_cmd_req lun={lun} tag={tag} cmd={command}", ({ scsi }, { low }) => {
    scsi.adapterTakes(low[1]!);
    return true;
  }),
  event(
    "virtio_scsi_cmd_resp",
    "virtio_scsi_cmd_resp lun={lun} tag={tag} response={response} status={status}",
    ({ scsi }, { value, low, timeNs }) => {
      const succeeded = value[2] === 0 && value[3] === 0;
      scsi.adapterAnswers(low[1]!, timeNs, succeeded ? 0 : EIO);
      return true;
    },
  ),
];
