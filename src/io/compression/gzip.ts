import { createGunzip } from "node:zlib";
import { compressionError, type Decompressed, type Source } from "./source.ts";
import { ZlibDecoder } from "./zlibDecoder.ts";

const PART_BYTES = 1 << 17;

/** The content of gzip data: any number of members, and the zeros that tapes and block devices put behind them. */
export async function* gunzip(source: Source): Decompressed {
  const decoder = new ZlibDecoder(createGunzip({ chunkSize: PART_BYTES }));
  try {
    for (let piece = await source.next(); piece !== null; piece = await source.next()) {
      const before = decoder.taken;
      yield* decoder.push(piece);
      const taken = decoder.taken - before;
      if (taken < piece.length) return await onlyZeros(source, piece.subarray(taken), decoder.taken);
    }
    yield* decoder.finish();
    return true;
  } catch (error) {
    if (isCut(error)) return false;
    throw asInvalid(error, source, decoder.taken);
  } finally {
    decoder.close();
  }
}

async function onlyZeros(source: Source, rest: Uint8Array, byte: number): Promise<boolean> {
  for (let piece: Uint8Array | null = rest; piece !== null; piece = await source.next()) {
    if (piece.some((value) => value !== 0))
      throw compressionError(source, byte, "invalid", "gzip data: something follows its end", "cut off what follows");
  }
  return true;
}

function isCut(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
}

function asInvalid(error: unknown, source: Source, byte: number): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code?.startsWith("Z_")) return error;
  const cure = "gzip -t tests it: get it again from where it came";
  return compressionError(source, byte, "invalid", `gzip data: ${message}`, cure);
}
