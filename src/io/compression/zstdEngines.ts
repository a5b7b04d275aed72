import * as zlib from "node:zlib";
import { Decompress } from "fzstd";
import { Xxhash64 } from "./xxhash64.ts";
import { ZlibDecoder, type ZlibStream } from "./zlibDecoder.ts";

const MIB = 1 << 20;
const PART_BYTES = 1 << 17;
/** All that a step gives waits in memory, and four bytes can stand for 128 KiB. */
const STEP_BYTES = 1 << 16;
const MOST_WAITING_BYTES = 256 * MIB;

/** Decodes one frame. */
export interface ZstdFrame {
  /** What a piece of the frame gives; `isLast` where the frame ends with it. */
  push(piece: Uint8Array, isLast: boolean): AsyncGenerator<Uint8Array, void, undefined>;
  /** Compares the frame's checksum with its content. */
  check(checksum: number | null): void;
  close(): void;
}

/** What decodes zstd. */
export interface ZstdEngine {
  /** The largest window that it can keep. */
  readonly mostWindowBytes: number;
  frame(): ZstdFrame;
}

/** Why a frame cannot be decoded. */
export class Undecodable extends Error {}

type CreateZstdDecompress = (options: { chunkSize: number }) => ZlibStream;
const createZstdDecompress = (zlib as { createZstdDecompress?: CreateZstdDecompress }).createZstdDecompress;

/** In JavaScript: it reads offsets of 25 bits. */
export const FZSTD: ZstdEngine = { mostWindowBytes: 32 * MIB, frame: () => new FzstdFrame() };

/** Node's own, from 22.15 on; the window is the largest that zstd takes when it is not told otherwise. */
export const NODE_ZSTD: ZstdEngine | null = createZstdDecompress
  ? { mostWindowBytes: 128 * MIB, frame: () => new NodeFrame(createZstdDecompress({ chunkSize: PART_BYTES })) }
  : null;

class FzstdFrame implements ZstdFrame {
  #parts: Uint8Array[] = [];
  #waitingBytes = 0;
  readonly #decoder = new Decompress((part) => this.#keep(part));
  readonly #hash = new Xxhash64();

  async *push(piece: Uint8Array, isLast: boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < piece.length; at += STEP_BYTES) {
      // A copy: the decoder keeps what it cannot decode yet, and the piece will be used again.
      this.#decode(new Uint8Array(piece.subarray(at, at + STEP_BYTES)), isLast && at + STEP_BYTES >= piece.length);
      const parts = this.#parts;
      this.#parts = [];
      this.#waitingBytes = 0;
      for (const part of parts) {
        this.#hash.update(part);
        if (part.length > 0) yield part;
      }
    }
  }

  check(checksum: number | null): void {
    if (checksum !== null && checksum !== this.#hash.lowWord) throw new Undecodable("its checksum does not match");
  }

  close(): void {}

  #keep(part: Uint8Array): void {
    this.#waitingBytes += part.length;
    if (this.#waitingBytes > MOST_WAITING_BYTES)
      throw new Undecodable(`${STEP_BYTES} bytes of it expand to more than ${MOST_WAITING_BYTES / MIB} MiB`);
    this.#parts.push(part);
  }

  #decode(step: Uint8Array, isLast: boolean): void {
    try {
      this.#decoder.push(step, isLast);
    } catch (error) {
      // Of invalid data it says so, or fails in an array that it misses.
      throw new Undecodable(
        error instanceof RangeError || error instanceof TypeError ? "invalid block" : (error as Error).message,
      );
    }
  }
}

/** Node's stream ends with the first frame, whatever follows it (nodejs/node#64741): here each frame has its own. */
class NodeFrame implements ZstdFrame {
  readonly #decoder: ZlibDecoder;

  constructor(stream: ZlibStream) {
    this.#decoder = new ZlibDecoder(stream);
  }

  async *push(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* this.#decoder.push(piece);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code?.startsWith("ZSTD_")
        ? new Undecodable((error as Error).message)
        : error;
    }
  }

  /** Its stream has compared it. */
  check(): void {}

  close(): void {
    this.#decoder.close();
  }
}
