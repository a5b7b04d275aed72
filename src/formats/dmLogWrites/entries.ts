import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { ENTRY, ENTRY_FLAG, longAt } from "./layout.ts";

const NO_CPU = -1;
const KNOWN_FLAGS = Object.values(ENTRY_FLAG).reduce((all, flag) => all | flag, 0);

/** Makes requests and messages of a log's entries. */
export class Entries {
  readonly #out: TraceBuilder;
  readonly #file: string;
  readonly #sectorBytes: number;
  readonly #device: number;

  constructor(out: TraceBuilder, file: string, sectorBytes: number) {
    this.#out = out;
    this.#file = file;
    this.#sectorBytes = sectorBytes;
    this.#device = out.device("disk");
  }

  /** Reads an entry from its sector; gives how many bytes of data follow it. */
  read(entry: DataView, byte: number): number {
    const flags = longAt(entry, ENTRY.flags);
    const offsetBytes = longAt(entry, ENTRY.sector) * this.#sectorBytes;
    const lengthBytes = longAt(entry, ENTRY.sectors) * this.#sectorBytes;
    if (flags > KNOWN_FLAGS) throw this.#invalid(byte, "flags of an entry: some have no meaning");
    if (offsetBytes + lengthBytes > LARGEST_EXACT)
      throw this.#invalid(byte, "place of an entry: it is beyond 2^53 bytes");
    this.#out.quality.records++;
    if (flags & ENTRY_FLAG.mark) this.#mark(entry, byte);
    else this.#request(flags, offsetBytes, lengthBytes);
    return flags & ENTRY_FLAG.discard ? 0 : lengthBytes;
  }

  #request(flags: number, offsetBytes: number, lengthBytes: number): void {
    if (lengthBytes === 0 && flags & ENTRY_FLAG.flush) this.#add(OP_CODE.flush, 0, 0, 0);
    else if (flags & ENTRY_FLAG.discard) this.#add(OP_CODE.discard, flagsOf(flags), offsetBytes, lengthBytes);
    else this.#add(OP_CODE.write, flagsOf(flags), offsetBytes, lengthBytes);
  }

  #add(op: number, flags: number, offsetBytes: number, lengthBytes: number): void {
    const out = this.#out;
    out.request(op, flags, this.#device, offsetBytes, lengthBytes, out.rows, Number.NaN, 0, NO_CPU, 0);
  }

  /** Its text stands behind the entry in the same sector. */
  #mark(entry: DataView, byte: number): void {
    const length = longAt(entry, ENTRY.dataBytes);
    if (length > entry.byteLength - ENTRY.bytes) throw this.#invalid(byte, `length ${length} of a mark`);
    const text = new Uint8Array(entry.buffer, entry.byteOffset + ENTRY.bytes, length);
    this.#out.message(new TextDecoder().decode(text), this.#out.rows);
  }

  /** Entries follow each other by their lengths: after one that is wrong nothing can be found. */
  #invalid(byte: number, what: string): TraceError {
    const cure = "the log is overwritten here, or was copied in part: copy the log device again";
    return new TraceError({ file: this.#file, byte }, "invalid", what, cure);
  }
}

/** Of a write. Device-mapper sends the preflush of a write ahead as a flush, which has the write's flags too: not these. */
function flagsOf(flags: number): number {
  const preflush = flags & ENTRY_FLAG.flush ? FLAG.preflush : 0;
  return preflush | (flags & ENTRY_FLAG.fua ? FLAG.fua : 0) | (flags & ENTRY_FLAG.metadata ? FLAG.meta : 0);
}
