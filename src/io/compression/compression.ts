/** What a trace may be wrapped in. */
export type Compression = "gzip" | "zstd" | "xz";

const MAGICS: Readonly<Record<Compression, readonly (readonly number[])[]>> = {
  gzip: [[0x1f, 0x8b]],
  // The second is a skippable frame, of which the last byte's low half is free: pzstd begins with one.
  zstd: [
    [0x28, 0xb5, 0x2f, 0xfd],
    [-1, 0x2a, 0x4d, 0x18],
  ],
  xz: [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
};
export const LONGEST_MAGIC = 6;

/** How bytes are compressed by how they begin; null where they are as they are. */
export function compressionOf(bytes: Uint8Array): Compression | null {
  for (const [compression, magics] of Object.entries(MAGICS))
    if (magics.some((magic) => beginsWith(bytes, magic))) return compression as Compression;
  return null;
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  if (bytes.length < magic.length) return false;
  return magic.every((byte, i) => (byte === -1 ? (bytes[i]! & 0xf0) === 0x50 : bytes[i] === byte));
}
