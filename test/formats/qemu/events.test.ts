import { describe, expect, it } from "vitest";
import { LOOK_AHEAD } from "../../../src/formats/qemu/chosenLayers.ts";
import { qemuTrace } from "../../../src/formats/qemu/index.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

/** Reads lines of the log, each a millisecond after the one before. */
async function read(lines: readonly string[], hints: ReadHints = {}): Promise<PlainTrace> {
  const stamped = lines.map((line, i) => `7@1795384480.${String(i * 1000).padStart(6, "0")}:${line}\n`);
  return readText(stamped.join(""), hints);
}

function readText(text: string, hints: ReadHints = {}): Promise<PlainTrace> {
  return readAll(qemuTrace, [inputFromText("qemu.log", text)], {}, hints);
}

function asked({ requests, end }: PlainTrace): unknown[] {
  return requests.map(({ op, device, offsetBytes, lengthBytes }) => [
    op,
    end.devices[device]!.name,
    offsetBytes,
    lengthBytes,
  ]);
}

/** Rows, latencies in milliseconds and errors. */
function answered({ completions }: PlainTrace): number[][] {
  return completions.map(({ row, issueNs, completeNs, error }) => [row, (completeNs - issueNs) / 1e6, error]);
}

function notes({ end }: PlainTrace): string[] {
  return end.quality.notes.map(({ code }) => code);
}

const open = (bs: string, filename: string, format: string) =>
  `bdrv_open_common bs ${bs} filename "${filename}" flags 0x2002 format_name "${format}"`;
const blkRead = (bs: string, offset: number, bytes = 512) =>
  `blk_co_preadv blk 0x1 bs ${bs} offset ${offset} bytes ${bytes} flags 0x0`;

describe("time stamps", () => {
  it("are those of the thread and second, or since 10.2 of ISO 8601", async () => {
    const at = "7@1795384480.275606:";
    const iso = "2026-11-22T21:54:40.275606Z ";
    const [old, today] = [await readText(at + blkRead("0xa", 0)), await readText(iso + blkRead("0xa", 0))];
    expect(old.end.startUnixNs).toBe("1795384480275606000");
    expect(today.end.startUnixNs).toBe(old.end.startUnixNs);
  });

  it("of GLib have no decimals at the full second", async () => {
    const text = `2026-11-22T21:54:40.999999Z ${blkRead("0xa", 0)}\n2026-11-22T21:54:41Z ${blkRead("0xa", 0)}\n`;
    expect((await readText(text)).requests.map(({ issueNs }) => issueNs)).toEqual([0, 1000]);
  });

  it("are missing without -msg timestamp=on: the axis is the request's number", async () => {
    const { requests, end } = await readText(`${blkRead("0xa", 0)}\n${blkRead("0xa", 512)}\n`);
    expect([requests.map(({ issueNs }) => issueNs), end.recorded.clock, end.startUnixNs]).toEqual([
      [0, 1],
      false,
      null,
    ]);
  });

  it("may begin after the first lines", async () => {
    const { end } = await readText(`${open("0xa", "a.img", "raw")}\n7@1795384480.275606:${blkRead("0xa", 0)}\n`);
    expect([end.recorded.clock, end.devices[0]!.name]).toEqual([true, "a.img"]);
  });
});

describe("devices", () => {
  it("are named by the latest opening of their pointer, which is used again", async () => {
    const trace = await read([
      open("0xa", "a.img", "raw"),
      blkRead("0xa", 0),
      open("0xa", "b.img", "raw"),
      blkRead("0xa", 0),
      blkRead("0xb", 0),
    ]);
    expect(asked(trace).map((request) => (request as string[])[1])).toEqual(["a.img", "b.img", "bs 0xb"]);
  });

  it("tell a disk from the file that it is in", async () => {
    const trace = await read([
      open("0xa", "a.qcow2", "file"),
      open("0xb", "a.qcow2", "qcow2"),
      blkRead("0xa", 0),
      blkRead("0xb", 0),
    ]);
    expect(trace.end.devices.map(({ name }) => name)).toEqual(["a.qcow2", "a.qcow2 (qcow2)"]);
  });

  it("of the guest are named by the request of the block backend that follows", async () => {
    const trace = await read([
      open("0xa", "a.img", "raw"),
      "virtio_blk_handle_read vdev 0x10 req 0x20 sector 8 nsectors 1",
      blkRead("0xa", 4096),
      "virtio_blk_handle_read vdev 0x11 req 0x21 sector 16 nsectors 1",
      blkRead("0xa", 0),
    ]);
    expect(trace.end.devices.map(({ id, name }) => [id, name])).toEqual([
      ["virtio-blk 0x10", "a.img"],
      ["virtio-blk 0x11", "virtio-blk 0x11"],
    ]);
  });
});

describe("layers", () => {
  const lines = [
    "virtio_blk_handle_write vdev 0x10 req 0x20 sector 8 nsectors 1",
    "blk_co_pwritev blk 0x1 bs 0xa offset 4096 bytes 512 flags 0x0",
    "bdrv_co_pwritev_part bs 0xa offset 4096 bytes 512 flags 0x0",
    "bdrv_co_pwritev_part bs 0xb offset 4096 bytes 512 flags 0x0",
  ];

  it("count once: that nearest to the guest", async () => {
    const trace = await read(lines);
    expect(trace.requests.length).toBe(1);
    expect(trace.end.quality.notes.find(({ code }) => code === "layers")?.text).toBe(
      'requests are those of virtio-blk; also in this trace: blk 1, bdrv 2; choose with "read": { "layer": "blk" } in the side file',
    );
  });

  it("of one rank serve different disks, and count together", async () => {
    const trace = await read([...lines, "pci_nvme_read cid 3 nsid 1 nlb 8 count 4096 lba 0x10"]);
    expect(asked(trace)).toEqual([
      ["write", "virtio-blk 0x10", 4096, 512],
      ["read", "nvme namespace 1", 8192, 4096],
    ]);
  });

  it("are chosen by the side file", async () => {
    expect((await read(lines, { layer: "bdrv" })).requests.length).toBe(2);
    await expect(read(lines, { layer: "file" })).rejects.toThrow(
      'qemu.log: unknown layer "file"; this trace has virtio-blk, blk, bdrv: name one of them in its side file',
    );
  });

  it("that come after the look-ahead do not change the choice", async () => {
    const late = [...Array.from({ length: LOOK_AHEAD }, (_, i) => blkRead("0xa", i * 512)), ...lines];
    const trace = await readText(`${late.join("\n")}\n`);
    expect(trace.requests.length).toBe(LOOK_AHEAD + 1);
    expect(trace.end.quality.notes[0]!.text).toContain("requests are those of blk; also in this trace: virtio-blk 1");
  });

  it("just within the look-ahead do", async () => {
    const late = [...Array.from({ length: LOOK_AHEAD - 1 }, (_, i) => blkRead("0xa", i * 512)), ...lines];
    expect((await readText(`${late.join("\n")}\n`)).requests.length).toBe(1);
  });

  it("show an image, and not the file below it once more", async () => {
    const trace = await read([
      open("0xb", "a.img", "file"),
      open("0xa", "a.img", "raw"),
      ...lines.filter((line) => line.startsWith("bdrv")),
    ]);
    expect([trace.requests.length, notes(trace)]).toEqual([1, ["not-traced", "nodes-below"]]);
  });

  it("count a write of zeroes once that goes on as a write", async () => {
    const trace = await read([
      "bdrv_co_pwrite_zeroes bs 0xa offset 0 bytes 4096 flags 0x0",
      "bdrv_co_pwritev_part bs 0xa offset 0 bytes 4096 flags 0x2",
      "bdrv_co_pwritev_part bs 0xa offset 8192 bytes 4096 flags 0x12",
    ]);
    expect(trace.requests.map(({ op, offsetBytes, flags }) => [op, offsetBytes, flags])).toEqual([
      ["writeZeroes", 0, 0],
      ["writeZeroes", 8192, 1],
    ]);
  });
});

describe("virtio-blk", () => {
  it("completes at the first of its two events, and knows the errno", async () => {
    const trace = await read([
      "virtio_blk_handle_read vdev 0x10 req 0x20 sector 0 nsectors 1",
      "virtio_blk_rw_complete vdev 0x10 req 0x20 ret -28",
      "virtio_blk_req_complete vdev 0x10 req 0x20 status 1",
      "virtio_blk_handle_read vdev 0x10 req 0x20 sector 8 nsectors 1",
      "virtio_blk_req_complete vdev 0x10 req 0x20 status 2",
    ]);
    expect(answered(trace)).toEqual([
      [0, 1, 28],
      [1, 1, 95],
    ]);
    expect(trace.end.quality.unmatchedIssues).toBe(0);
  });

  it("loses a request whose pointer begins anew, and says how many completions no event began", async () => {
    const trace = await read([
      "virtio_blk_handle_read vdev 0x10 req 0x20 sector 0 nsectors 1",
      "virtio_blk_handle_read vdev 0x10 req 0x20 sector 8 nsectors 1",
      "virtio_blk_req_complete vdev 0x10 req 0x20 status 0",
      "virtio_blk_req_complete vdev 0x10 req 0x21 status 0",
    ]);
    expect([answered(trace), trace.end.quality.unmatchedIssues, notes(trace)]).toEqual([
      [[1, 1, 0]],
      1,
      ["not-traced", "virtio-blk-unseen"],
    ]);
  });

  it("had no vdev before 2.10", async () => {
    const trace = await read([
      "virtio_blk_handle_write req 0x20 sector 8 nsectors 2",
      "virtio_blk_rw_complete req 0x20 ret 0",
    ]);
    expect([asked(trace), answered(trace)]).toEqual([[["write", "virtio-blk", 4096, 1024]], [[0, 1, 0]]]);
  });
});

describe("scsi", () => {
  const nexus = "target 2 lun 1 tag -1026093808";

  it("learns the bytes of a block from a transfer", async () => {
    const trace = await read([
      `scsi_req_parsed ${nexus} command 40 dir 1 length 8192`,
      `scsi_req_parsed_lba ${nexus} command 40 lba 3`,
      "scsi_disk_dma_command_READ Read (sector 3, count 2)",
      `scsi_req_dequeue ${nexus}`,
      `scsi_req_parsed ${nexus} command 42 dir 2 length 4096`,
      `scsi_req_parsed_lba ${nexus} command 42 lba 5`,
      "scsi_disk_dma_command_WRITE Write And Verify (sector 5, count 1)",
    ]);
    expect(asked(trace)).toEqual([
      ["read", "scsi target 2 lun 1", 12288, 8192],
      ["write", "scsi target 2 lun 1", 20480, 4096],
    ]);
    expect([notes(trace), trace.end.recorded.error]).toEqual([[], false]);
  });

  it("takes blocks for 512 bytes where no transfer shows, and says so", async () => {
    const trace = await read([
      `scsi_req_parsed ${nexus} command 136 dir 1 length 8192`,
      `scsi_req_parsed_lba ${nexus} command 136 lba 3`,
      `scsi_req_dequeue ${nexus}`,
    ]);
    expect([asked(trace), notes(trace)]).toEqual([[["read", "scsi target 2 lun 1", 1536, 8192]], ["scsi-blocks"]]);
  });

  it("answers through its adapter, by the 32 bits of the tag", async () => {
    const trace = await read([
      "virtio_scsi_cmd_req virtio_scsi_cmd_req lun=1 tag=0xc2d70d10 cmd=0x35",
      `scsi_req_parsed ${nexus} command 53 dir 0 length 0`,
      `scsi_req_dequeue ${nexus}`,
      "virtio_scsi_cmd_resp virtio_scsi_cmd_resp lun=1 tag=0xc2d70d10 response=0 status=0x2",
    ]);
    expect([asked(trace), answered(trace)]).toEqual([[["flush", "scsi target 2 lun 1", 0, 0]], [[0, 2, 5]]]);
  });

  it("counts no UNMAP, and no WRITE SAME whose length nothing shows", async () => {
    const trace = await read([
      `scsi_req_parsed ${nexus} command 66 dir 2 length 24`,
      `scsi_req_dequeue ${nexus}`,
      `scsi_req_parsed ${nexus} command 65 dir 2 length 512`,
      `scsi_req_parsed_lba ${nexus} command 65 lba 8`,
      `scsi_req_dequeue ${nexus}`,
      `scsi_req_parsed ${nexus} command 53 dir 0 length 0`,
    ]);
    expect([asked(trace).length, notes(trace)]).toEqual([1, ["scsi-unmap", "scsi-write-same"]]);
  });
});

describe("nvme", () => {
  it("completes by queue entries, which tell the status, and by nothing else then", async () => {
    const trace = await read([
      "pci_nvme_enqueue_req_completion cid 3 cqid 0 dw0 0x0 dw1 0x0 status 0x0",
      "pci_nvme_io_cmd cid 3 nsid 0x1 sqid 1 opc 0x8 opname 'NVME_NVM_CMD_WRITE_ZEROES'",
      "pci_nvme_write cid 3 opname 'NVME_NVM_CMD_WRITE_ZEROES' nsid 1 nlb 8 count 32768 lba 0x10",
      "pci_nvme_rw_cb cid 3 blk 'n'",
      "pci_nvme_enqueue_req_completion cid 3 cqid 1 dw0 0x0 dw1 0x0 status 0x281",
    ]);
    expect([asked(trace), answered(trace)]).toEqual([[["writeZeroes", "nvme namespace 1", 65536, 32768]], [[0, 2, 5]]]);
  });

  it("knows the bytes of a deallocated range once a transfer told those of a block", async () => {
    const range = "pci_nvme_dsm_deallocate slba 2 nlb 4";
    const trace = await read([
      "pci_nvme_io_cmd cid 3 nsid 0x1 sqid 1 opc 0x9 opname 'NVME_NVM_CMD_DSM'",
      range,
      "pci_nvme_read cid 4 nsid 1 nlb 8 count 32768 lba 0x0",
      range,
    ]);
    expect([asked(trace)[1], notes(trace)]).toEqual([["discard", "nvme namespace 1", 8192, 16384], ["nvme-blocks"]]);
  });
});

describe("nbd", () => {
  const send = (handle: string, type: string, flags = "0x0") =>
    `nbd_send_request Sending request to server: { .from = 512, .len = 4096, .${handle}, .flags = ${flags}, .type = ${type} }`;

  it("calls the handle a cookie since 8.2", async () => {
    const trace = await read([
      send("cookie = 1", "1 (write)", "0x1"),
      "nbd_receive_simple_reply Got simple reply: { .error = 28 (No space left on device), cookie = 1 }",
    ]);
    expect([asked(trace), answered(trace), trace.requests[0]!.flags]).toEqual([
      [["write", "nbd", 512, 4096]],
      [[0, 1, 28]],
      1,
    ]);
  });

  it("is complete with the last chunk, and failed with any that is an error", async () => {
    const chunk = (flags: string, type: string) =>
      `nbd_receive_structured_reply_chunk Got structured reply chunk: { flags = ${flags}, type = ${type}, handle = 7, length = 8 }`;
    const trace = await read([
      send("handle = 7", "0 (read)"),
      chunk("0x0", "32770 (error at offset)"),
      chunk("0x1", "0 (none)"),
      send("handle = 7", "7 (block status)"),
      chunk("0x1", "5 (block status)"),
    ]);
    expect([answered(trace), trace.end.quality.unmatchedCompletions]).toEqual([[[0, 2, 5]], 0]);
  });

  it("tells handles apart that doubles do not", async () => {
    const trace = await read([
      send("handle = 18446744073709551614", "0 (read)"),
      send("handle = 18446744073709551615", "0 (read)"),
      "nbd_receive_simple_reply Got simple reply: { .error = 0 (success), handle = 18446744073709551615 }",
      "nbd_receive_simple_reply Got simple reply: { .error = 0 (success), handle = 18446744073709551614 }",
    ]);
    expect(answered(trace)).toEqual([
      [1, 1, 0],
      [0, 3, 0],
    ]);
  });

  it("serves a read in pieces, data and holes, and is done with the last byte", async () => {
    const trace = await read([
      "nbd_receive_request Got request: { magic = 0x25609513, .flags = 0x0, .type = 0x0, from = 0, len = 8192 }",
      "nbd_co_receive_request_decode_type Decoding type: handle = 5, type = 0 (read)",
      "nbd_co_send_structured_read Send structured read data reply: handle = 5, offset = 0, data = 0x1, len = 4096",
      "nbd_co_send_structured_read_hole Send structured read hole reply: handle = 5, offset = 4096, len = 4096",
    ]);
    expect([asked(trace), answered(trace)]).toEqual([[["read", "nbd export", 0, 8192]], [[0, 3, 0]]]);
  });
});

describe("drivers", () => {
  it("tell the types of a file's requests by their bits", async () => {
    const submit = (type: number) => `file_paio_submit_co offset 512 count 1024 type ${type}`;
    const trace = await read([1, 2, 8, 0x10, 0x20, 4].map(submit));
    expect(trace.requests.map(({ op }) => op)).toEqual(["read", "write", "flush", "discard", "writeZeroes"]);
  });

  it("counted in sectors once", async () => {
    const trace = await read([
      "paio_submit acb 0x1 opaque 0x2 sector_num 8 nb_sectors 2 type 2",
      "paio_complete acb 0x1 opaque 0x2 ret -5",
    ]);
    expect([asked(trace), answered(trace)]).toEqual([[["write", "file", 4096, 1024]], [[0, 1, 5]]]);
  });

  it("of a host's NVMe disk complete by what they were asked", async () => {
    const trace = await read([
      "nvme_prw_aligned s 0x1 is_write 0 offset 0x1000 bytes 512 flags 0 niov 1",
      "nvme_prw_aligned s 0x1 is_write 1 offset 0x1000 bytes 512 flags 0 niov 1",
      "nvme_rw_done s 0x1 is_write 1 offset 0x1000 bytes 512 ret 0",
      "nvme_rw_done s 0x1 is_write 0 offset 0x1000 bytes 512 ret -5",
    ]);
    expect(answered(trace)).toEqual([
      [1, 1, 0],
      [0, 3, 5],
    ]);
  });
});
