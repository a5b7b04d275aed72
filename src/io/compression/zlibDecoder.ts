import type { Transform } from "node:stream";

/** What node:zlib makes: a stream that says how many bytes it has taken. */
export type ZlibStream = Transform & { readonly bytesWritten: number };

/**
 * Feeds a decoder of node:zlib by hand: a piece goes in, and all that it gives is taken before the next one.
 * So nothing waits in between, and a piece may be used again once it is through.
 */
export class ZlibDecoder {
  readonly #stream: ZlibStream;
  #error: Error | null = null;
  #ended = false;
  #wake = () => {};

  constructor(stream: ZlibStream) {
    this.#stream = stream;
    stream.on("readable", () => this.#wake());
    stream.on("end", () => {
      this.#ended = true;
      this.#wake();
    });
    stream.on("error", (error) => {
      this.#error = error;
      this.#wake();
    });
  }

  /** How many bytes are decoded. */
  get taken(): number {
    return this.#stream.bytesWritten;
  }

  /** It takes less than the whole piece where it finds the end in it. */
  async *push(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    let through = false;
    this.#stream.write(piece, () => {
      through = true;
      this.#wake();
    });
    yield* this.#parts(() => through || this.#ended);
  }

  /** Says that there is no more; throws where there should be. */
  async *finish(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#stream.end();
    yield* this.#parts(() => this.#ended);
  }

  close(): void {
    this.#stream.destroy();
  }

  async *#parts(isDone: () => boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const part = this.#stream.read() as Uint8Array | null;
      if (part !== null) yield part;
      else if (this.#error !== null) throw this.#error;
      else if (isDone()) return;
      else await woken;
    }
  }
}
