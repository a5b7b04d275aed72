import { TraceError } from "../../model/errors.ts";

/** 2^64 - 1, the magic, the version. */
export const HEADER_BYTES = 24;
const VERSION_AT = 16;
const START = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const MAGIC = [0xb4, 0x29, 0xa4, 0x0a, 0xcb, 0x77, 0xb1, 0xf2];

interface Header {
  readonly version: number;
  readonly bigEndian: boolean;
}

/** What the header of a simple trace says; null where it is none. A file may be shorter than its header. */
export function simpleHeaderOf(bytes: Uint8Array): Header | null {
  const [little, big] = [
    [...START, ...MAGIC],
    [...START, ...MAGIC.toReversed()],
  ];
  const beginsWith = (expected: readonly number[]) => expected.every((byte, i) => bytes[i] === byte);
  const bigEndian = beginsWith(big);
  if (!bigEndian && !beginsWith(little)) return null;
  if (bytes.length < HEADER_BYTES) return { version: Number.NaN, bigEndian };
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { version: view.getUint32(bigEndian ? VERSION_AT + 4 : VERSION_AT, !bigEndian), bigEndian };
}

/** Refuses what this reader does not know, with what makes it readable. */
export function assertVersion(bytes: Uint8Array, file: string): void {
  const header = simpleHeaderOf(bytes);
  const place = { file, byte: 0 };
  if (header === null) throw new TraceError(place, "invalid", "header", "expected a file of qemu's simple backend");
  const text = "decode it with that qemu's scripts/simpletrace.py trace-events-all FILE, whose text can be read";
  if (header.bigEndian) throw new TraceError(place, "unsupported", "byte order, big-endian", text);
  if (header.version === 4) return;
  const older =
    header.version < 4 ? "its events have no names, which came with version 4 (qemu 2.8)" : "version 4 can be read";
  throw new TraceError(place, "unsupported", `version ${header.version} of the simple trace`, `${older}: ${text}`);
}
