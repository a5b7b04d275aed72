import { TraceError, type Verb } from "../../model/errors.ts";

/** The bytes of a file as they lie, a piece at a time; a piece is valid until the next is asked for. */
export interface Source {
  readonly name: string;
  next(): Promise<Uint8Array | null>;
}

/**
 * What a compressed source holds, a part at a time; a part is valid until the next is asked for.
 * It returns whether the source was whole: one that was cut off gives what there is.
 */
export type Decompressed = AsyncGenerator<Uint8Array, boolean, undefined>;

/** The error for data that cannot be decompressed; `byte` is the beginning of the stretch that cannot. */
export function compressionError({ name }: Source, byte: number, verb: Verb, what: string, cure: string): TraceError {
  return new TraceError({ file: name, byte }, verb, what, cure);
}
