import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { FOREIGN } from "../../src/formats/foreign/index.ts";
import { headOf } from "../support/inputs.ts";

const GOLDEN = "test/golden/formats";

const bytesOf = (content: string | readonly number[]) =>
  typeof content === "string" ? Buffer.from(content, "latin1") : Buffer.from(content);

function reasonOf(content: string | readonly number[]): string {
  const { format, reason } = detect(headOf("file", bytesOf(content)));
  expect(format).toBeNull();
  return reason;
}

describe("traces that another program makes readable", () => {
  it.each([
    ["trace-cmd", "\x17\x08\x44tracing7\0\0\b", "trace-cmd report -t -i trace.dat"],
    ["perf", "PERFILE2\x68\0\0\0", "perf script --ns -i perf.data"],
    ["LTTng's streams", [0xc1, 0x1f, 0xfc, 0xc1, 0, 0, 0, 0], "CTF trace (LTTng), which has no reader here; record"],
    ["LTTng's metadata", "/* CTF 1.8 */\n\ntrace {\n", "CTF trace (LTTng), which has no reader here; record"],
    ["LTTng's packets of metadata", [0x57, 0x1d, 0xd1, 0x75, 0, 0], "CTF trace (LTTng), which has no reader here"],
    ["tcpdump", [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], "network packets; serve the disk with nbdkit --filter=log"],
  ])("%s: the command, or what to record instead", (_, content, answer) => {
    expect(reasonOf(content)).toContain(answer);
  });
});

describe("files that hold traces, or are compressed in another way", () => {
  it.each([
    ["tar", `${"\0".repeat(257)}ustar\x0000`, "a tar archive; unpack it"],
    ["zip", "PK\x03\x04\x14\0", "a zip archive; unpack it"],
    ["bzip2", "BZh91AY&SY", "data compressed with bzip2; decompress it"],
    ["lz4", [4, 0x22, 0x4d, 0x18, 0x64], "data compressed with lz4; decompress it"],
    ["gzip within gzip", [...gzipSync("S 8\n")], "data compressed with gzip, and then once more; decompress it"],
  ])("%s", (_, content, answer) => {
    expect(reasonOf(content)).toContain(answer);
  });
});

describe("what lies beside traces", () => {
  it.each([
    ["a picture", "\x89PNG\r\n\x1a\n\0\0", "a PNG image"],
    ["an executable", "\x7fELF\x02\x01\x01", "an executable"],
    ["a qcow2 image", "QFI\xfb\0\0\0\x03", "a qcow2 disk image; trace the program that uses it"],
    ["a file system", `${"\0".repeat(0x438)}\x53\xef`, "an ext2, ext3 or ext4 file system"],
    ["a raw disk", `${"\0".repeat(0x1fe)}\x55\xaa`, "a disk image"],
    ["lsblk --json", '{\n   "blockdevices": [\n      {"name":"vda"}\n   ]\n}\n', "JSON, in which no trace is written"],
    ["fio's JSON", '{\n  "fio version" : "fio-3.33",\n  "jobs" : []\n}\n', "fio's results as JSON"],
    ["btt", "==================== All Devices ====================\n\n            ALL    MIN\n", "btt's statistics"],
    ["blkparse's summary", "CPU0 (vda):\n Reads Queued:          69,     1216KiB\n", "blkparse's summary, without"],
    [
      "blktrace's own lines",
      "=== vda ===\n  CPU  0:                  152 events,        8 KiB data\n",
      "what blktrace prints",
    ],
    ["iostat", "Linux 6.1.0 (host)\n\nDevice            r/s     rkB/s\nvda  1 2\n", "iostat's counts over intervals"],
    [
      "biolatency",
      "     usecs               : count     distribution\n         0 -> 1          : 0\n",
      "a histogram of bcc",
    ],
    ["dumpe2fs", "Filesystem volume name:   <none>\n", "dumpe2fs's description of a file system"],
    ["filefrag", "Filesystem type is: ef53\nFile size of /a is 14\n", "filefrag's list of extents"],
    ["an event's format", "name: block_split\nID: 1051\nformat:\n\tfield:int a;\n", "description of a trace event"],
    ["a shell script", "#!/bin/sh\nblktrace -d /dev/sda\n", "a script; run it"],
    ["queue settings", "vda logical_block_size 512\nvda rotational 1\n", "the settings of block devices"],
    ["a shell function", "w () \n{ \n    sync;\n    dd if=/dev/zero;\n}\n", "commands for a shell; run it"],
    ["blkparse -f", "254,0,D,WS,8,16\n254,0,C,WS,8,16\n254,0,Q,R,8,16\n", '"blkparseFormat": "…"'],
    ["shell commands", "export A=1\nfor d in a b; do echo $d; done\n", "commands for a shell; run it"],
    ["sh -x", "+ mkfs.ext4 -q /dev/vda1\nrc=0\n", "what a shell showed of its commands"],
    ["a guestfish script", "run\npart-disk /dev/sda mbr\nmkfs ext2 /dev/sda1\n", "commands for guestfish; run it"],
    ["a fio job", "[global]\nrw=randread\n[job]\nsize=1G\n", "a file of settings, as fio's jobs are; run it with"],
    ["a bpftrace script", 'tracepoint:block:block_rq_issue { printf("%d", args->sector); }\n', "a script of bpftrace"],
    ["qemu's list of events", "blk_co_preadv\nblk_co_pwritev\n", "a list of trace events that qemu is to record"],
    ["qemu's trace-events", 'blk_co_preadv(void *blk) "blk %p"\n', "the definitions of qemu's trace events"],
  ])("%s is told for what it is", (_, content, answer) => {
    expect(reasonOf(content)).toContain(answer);
  });
});

describe("what nobody knows", () => {
  it("is text or binary", () => {
    expect(reasonOf("buy milk\n")).toMatch(/^no format recognises it: it is text, /);
    expect(reasonOf([0, 1, 2, 3, 0xff])).toMatch(/^no format recognises it: it is binary, /);
  });

  it("holds nothing but blanks, or nothing", () => {
    expect(reasonOf(" \n\n")).toBe("the file holds nothing but blanks");
    expect(reasonOf("")).toBe("the file is empty");
  });
});

describe("the list of what is known", () => {
  it("names each entry once", () => {
    expect(new Set(FOREIGN.map(({ id }) => id)).size).toBe(FOREIGN.length);
  });

  it("takes no trace for something else, even where no format asked first", () => {
    for (const folder of readdirSync(GOLDEN)) {
      const name = readdirSync(join(GOLDEN, folder)).find((file) => !file.endsWith(".json"))!;
      const head = headOf(name, readFileSync(join(GOLDEN, folder, name)));
      const taken = FOREIGN.filter(({ recognise }) => recognise(head) !== null).map(({ id }) => `${folder}: ${id}`);
      expect(taken).toEqual([]);
    }
  });
});
