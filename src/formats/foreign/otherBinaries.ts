import { byMagic } from "./kinds.ts";

const TRACE_IT = "trace the program that uses it";
const NOT_ONE = "give what a tracing program recorded";

/** What lies about beside traces and is none. */
export const otherBinaries = byMagic("otherBinaries", [
  { magic: "\x89PNG\r\n\x1a\n", what: "a PNG image", cure: NOT_ONE },
  { magic: [0xff, 0xd8, 0xff], what: "a JPEG image", cure: NOT_ONE },
  { magic: "GIF8", what: "a GIF image", cure: NOT_ONE },
  { magic: "%PDF-", what: "a PDF document", cure: NOT_ONE },
  { magic: "\x7fELF", what: "an executable, or an object file", cure: NOT_ONE },
  { magic: "SQLite format 3\0", what: "an SQLite database", cure: TRACE_IT },
  { magic: "QFI\xfb", what: "a qcow2 disk image", cure: TRACE_IT },
  { magic: "KDMV", what: "a VMDK disk image", cure: TRACE_IT },
  { magic: "vhdxfile", what: "a VHDX disk image", cure: TRACE_IT },
  { magic: "XFSB", what: "an XFS file system", cure: TRACE_IT },
  { at: 0x438, magic: [0x53, 0xef], what: "an ext2, ext3 or ext4 file system", cure: TRACE_IT },
  { at: 0x10040, magic: "_BHRfS_M", what: "a btrfs file system", cure: TRACE_IT },
  { at: 0x200, magic: "EFI PART", what: "a disk image with a GPT", cure: TRACE_IT },
  { at: 0x1fe, magic: [0x55, 0xaa], what: "a disk image, or a boot sector", cure: TRACE_IT },
]);
