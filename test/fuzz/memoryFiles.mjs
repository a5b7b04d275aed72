/** How many bytes come at a time; small pieces end within lines, records and characters. */
const PIECES = [1 << 20, 4096, 61];

/** A file in memory as a reader gets it, decompressed where it is compressed. Its size says in which pieces it comes. */
export function inputOf({ compressionOf, decompressed }, { name, bytes }) {
  const piece = PIECES[bytes.length % PIECES.length];
  const compression = compressionOf(bytes);
  let at = 0;
  const plain = {
    name,
    async next() {
      if (at >= bytes.length) return null;
      at += piece;
      return bytes.slice(at - piece, at);
    },
    random: async () => ({
      bytes: bytes.length,
      read: async (from, to) => bytes.slice(from, Math.min(to, bytes.length)),
    }),
  };
  if (compression === null) return plain;
  const content = decompressed(plain, compression);
  const next = async () => {
    const { done, value } = await content.next();
    return done ? null : value;
  };
  return { name, next, random: async () => null };
}

/** The start of a file in memory, for detection. */
export async function headOf(parts, file) {
  const input = inputOf(parts, file);
  const pieces = [];
  let length = 0;
  for (let piece = await input.next(); piece !== null && length <= parts.HEAD_BYTES; piece = await input.next()) {
    pieces.push(piece.slice());
    length += piece.length;
  }
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const complete = length <= parts.HEAD_BYTES;
  return { name: file.name, bytes: bytes.subarray(0, parts.HEAD_BYTES), complete };
}
