import { byMagic } from "./kinds.ts";

const UNPACK = "unpack it, and give the traces in it";
const ONCE = "decompress it: a trace may be compressed once, with gzip, zstd or xz";

/** Files with other files in them, and what is compressed in another way. */
export const archives = byMagic("archives", [
  { at: 257, magic: "ustar", what: "a tar archive", cure: UNPACK },
  { magic: "PK\x03\x04", what: "a zip archive", cure: UNPACK },
  { magic: "7z\xbc\xaf\x27\x1c", what: "a 7z archive", cure: UNPACK },
  { magic: "Rar!\x1a\x07", what: "a rar archive", cure: UNPACK },
  { magic: "!<arch>\n", what: "an ar archive", cure: UNPACK },
  { magic: "070701", what: "a cpio archive", cure: UNPACK },
  { magic: "BZh", what: "data compressed with bzip2", cure: ONCE },
  { magic: [0x04, 0x22, 0x4d, 0x18], what: "data compressed with lz4", cure: ONCE },
  { magic: [0x89, 0x4c, 0x5a, 0x4f], what: "data compressed with lzop", cure: ONCE },
  { magic: [0x5d, 0x00, 0x00], what: "data compressed with lzma", cure: ONCE },
  { magic: [0x1f, 0x9d], what: "data compressed with compress", cure: ONCE },
  { magic: [0x1f, 0x8b], what: "data compressed with gzip, and then once more", cure: ONCE },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: "data compressed with zstd, and then once more", cure: ONCE },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], what: "data compressed with xz, and then once more", cure: ONCE },
]);
