import xzDecompress from "xz-decompress";
import { compressionError, type Decompressed, type Source } from "./source.ts";

/*
 * Drives the decoder of xz-decompress (xz-embedded, as WebAssembly) by hand. The package's own stream lets only one
 * file be open at a time, so that the files of a per-CPU set would wait for each other for ever, and does not tell
 * a cut file from a broken one. The calls and the layout are those of its src/native/xz-decompress.c.
 */

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  supply_input(context: number, bytes: number): void;
  get_next_output(context: number): number;
}

interface Loader {
  readonly _moduleInstance: { readonly exports: Exports };
  /** Makes a new instance each time. */
  _getModuleInstance(): Promise<void>;
}

/** The words of a context: the size of its buffers, and struct xz_buf. */
const CONTEXT = { bufferBytes: 0, input: 1, inputAt: 2, inputEnd: 3, output: 4, outputAt: 5 } as const;
const CONTEXT_WORDS = 6;

/** enum xz_ret */
const RESULT = {
  ok: 0,
  streamEnd: 1,
  unsupportedCheck: 2,
  noMemory: 3,
  dictionaryTooLarge: 4,
  notXz: 5,
  unsupportedOptions: 6,
  corrupt: 7,
  noProgress: 8,
} as const;

const CORRUPT: Readonly<Record<number, string>> = {
  [RESULT.notXz]: "no stream begins where the one before it ends",
  [RESULT.corrupt]: "it does not fit its checksums or its structure",
};

const UNSUPPORTED: Readonly<Record<number, string>> = {
  [RESULT.noMemory]: "dictionary that no memory is left for",
  [RESULT.dictionaryTooLarge]: "dictionary of more than 64 MiB",
  [RESULT.unsupportedOptions]: "filter or check that is not LZMA2, CRC32 or CRC64",
};

/** The content of xz data: any number of streams, and the padding between and behind them. */
export async function* unxz(source: Source): Decompressed {
  const decoder = new XzDecoder(await freshExports());
  for (let piece = await source.next(); piece !== null; piece = await source.next()) {
    for (let at = 0; at < piece.length; ) {
      at += decoder.supply(piece, at);
      yield* partsOf(decoder, source);
    }
  }
  decoder.supply(new Uint8Array(0), 0);
  yield* partsOf(decoder, source);
  return decoder.result === RESULT.streamEnd;
}

function* partsOf(decoder: XzDecoder, source: Source): Generator<Uint8Array, void, undefined> {
  do {
    const part = decoder.decode();
    assertDecodable(decoder, source);
    if (part.length > 0) yield part;
  } while (decoder.goesOn);
}

function assertDecodable({ result, taken }: XzDecoder, source: Source): void {
  const corrupt = CORRUPT[result];
  if (corrupt !== undefined) {
    const cure = "xz -t tests it: get it again from where it came";
    throw compressionError(source, taken, "invalid", `xz data: ${corrupt}`, cure);
  }
  const unsupported = UNSUPPORTED[result];
  if (unsupported !== undefined)
    throw compressionError(source, taken, "unsupported", `xz ${unsupported}`, "compress it again with xz -6");
}

let loading: Promise<unknown> = Promise.resolve();

/** A decoder in a memory of its own, one loaded after the other: the package has one place for the newest. */
function freshExports(): Promise<Exports> {
  const loader = xzDecompress.XzReadableStream as unknown as Loader;
  const exports = loading.then(() => loader._getModuleInstance()).then(() => loader._moduleInstance.exports);
  loading = exports.catch(() => {});
  return exports;
}

class XzDecoder {
  result: number = RESULT.ok;
  readonly #exports: Exports;
  readonly #context: number;
  #words: Uint32Array;
  #suppliedBefore = 0;
  #outputWasFull = false;

  constructor(exports: Exports) {
    this.#exports = exports;
    this.#context = exports.create_context();
    this.#words = this.#look();
  }

  /** How many bytes are decoded. */
  get taken(): number {
    return this.#suppliedBefore + this.#words[CONTEXT.inputAt]!;
  }

  /** Whether it can give more without more input. */
  get goesOn(): boolean {
    if (this.result === RESULT.streamEnd || this.result === RESULT.noProgress) return false;
    const words = this.#words;
    return words[CONTEXT.inputAt]! < words[CONTEXT.inputEnd]! || this.#outputWasFull;
  }

  /** Copies as much of a piece as it has room for; nothing means that there is no more. */
  supply(piece: Uint8Array, from: number): number {
    const words = this.#words;
    this.#suppliedBefore += words[CONTEXT.inputEnd]!;
    const bytes = Math.min(words[CONTEXT.bufferBytes]!, piece.length - from);
    this.#bytes(words[CONTEXT.input]!, bytes).set(piece.subarray(from, from + bytes));
    this.#exports.supply_input(this.#context, bytes);
    return bytes;
  }

  /** What comes next; it lies in the decoder's memory and is overwritten by the next call. */
  decode(): Uint8Array {
    this.result = this.#exports.get_next_output(this.#context);
    this.#words = this.#look();
    const words = this.#words;
    const length = words[CONTEXT.outputAt]!;
    this.#outputWasFull = length === words[CONTEXT.bufferBytes]!;
    words[CONTEXT.outputAt] = 0;
    return this.#bytes(words[CONTEXT.output]!, length);
  }

  /** The memory moves when it grows. */
  #look(): Uint32Array {
    return new Uint32Array(this.#exports.memory.buffer, this.#context, CONTEXT_WORDS);
  }

  #bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, at, length);
  }
}
