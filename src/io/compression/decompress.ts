import type { Compression } from "./compression.ts";
import { gunzip } from "./gzip.ts";
import { compressionError, type Decompressed, type Source } from "./source.ts";
import { unxz } from "./xz.ts";
import { unzstd } from "./zstd.ts";

const DECOMPRESS: Readonly<Record<Compression, (source: Source) => Decompressed>> = {
  gzip: gunzip,
  zstd: unzstd,
  xz: unxz,
};

const COMMAND: Readonly<Record<Compression, string>> = { gzip: "gzip -d", zstd: "zstd -d", xz: "xz -d" };

/** What decompression may give: so much from any file, and beyond it so many times what was read (src/decisions/0008). */
const FREE_BYTES = 2 ** 28;
const MOST_EXPANSION = 1000;

/** The content of compressed data. What no trace can be compressed to is an error, before it fills the time of a build. */
export async function* decompressed(source: Source, compression: Compression): Decompressed {
  let taken = 0;
  let given = 0;
  const counted = {
    name: source.name,
    next: async () => {
      const piece = await source.next();
      taken += piece?.length ?? 0;
      return piece;
    },
  };
  const parts = DECOMPRESS[compression](counted);
  try {
    for (;;) {
      const { done, value } = await parts.next();
      if (done) return value;
      given += value.length;
      if (given > FREE_BYTES && given > taken * MOST_EXPANSION) throw tooMuch(source, compression, taken);
      yield value;
    }
  } finally {
    await parts.return(false);
  }
}

function tooMuch(source: Source, compression: Compression, byte: number): Error {
  const what = `${compression} data: it expands more than ${MOST_EXPANSION} times, as no trace does`;
  const cure = `if it is one, decompress it (${COMMAND[compression]}) and give what comes out, for which there is no limit`;
  return compressionError(source, byte, "unsupported", what, cure);
}
