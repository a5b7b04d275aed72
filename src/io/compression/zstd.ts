import { compressionError, type Decompressed, type Source } from "./source.ts";
import { FZSTD, NODE_ZSTD, Undecodable, type ZstdEngine, type ZstdFrame } from "./zstdEngines.ts";
import { type FrameFault, ZstdFrames } from "./zstdFrames.ts";

const MIB = 1 << 20;
const FAULTS: Readonly<Record<FrameFault, string>> = {
  magic: "no frame begins where the one before it ends",
  block: "a block of a type that does not exist",
};

/** The content of zstd data: any number of frames, skippable ones among them. */
export async function* unzstd(source: Source, engine: ZstdEngine = NODE_ZSTD ?? FZSTD): Decompressed {
  const frames = new ZstdFrames();
  let frame: ZstdFrame | null = null;
  let byte = 0;
  try {
    for (let piece = await source.next(); piece !== null; piece = await source.next()) {
      for (let from = 0, to = 0; from < piece.length; from = to) {
        to = frames.advance(piece, from);
        assertReadable(frames, engine, source, byte);
        frame ??= engine.frame();
        yield* frame.push(piece.subarray(from, to), frames.atEnd);
        if (frames.atEnd) {
          frame.check(frames.checksum);
          frame.close();
          frame = null;
        }
        byte += to - from;
      }
    }
    return frames.atEnd;
  } catch (error) {
    throw error instanceof Undecodable ? invalid(source, byte, error.message) : error;
  } finally {
    frame?.close();
  }
}

function assertReadable({ fault, windowBytes }: ZstdFrames, engine: ZstdEngine, source: Source, byte: number): void {
  if (fault !== null) throw invalid(source, byte, FAULTS[fault]);
  if (windowBytes <= engine.mostWindowBytes || Number.isNaN(windowBytes)) return;
  const [has, most] = [windowBytes, engine.mostWindowBytes].map((bytes) => `${Math.ceil(bytes / MIB)} MiB`);
  const what = `zstd window of ${has}: at most ${most} can be kept here`;
  throw compressionError(source, byte, "unsupported", what, "compress it again without --long and --ultra");
}

function invalid(source: Source, byte: number, why: string): Error {
  const cure = "zstd -t tests it: get it again from where it came";
  return compressionError(source, byte, "invalid", `zstd data: ${why}`, cure);
}
