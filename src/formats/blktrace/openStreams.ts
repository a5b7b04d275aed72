import { TraceError } from "../../model/errors.ts";
import type { TraceInput } from "../../model/format.ts";
import { byCpuAndName } from "./fileNames.ts";
import { MAGIC, VERSIONS } from "./layout.ts";
import { type OnGarbage, RecordStream } from "./recordStream.ts";

const WORD_BYTES = 4;
/** All of a set's files are open at once. */
const MOST_FILES = 8192;

/** What the first word of a file says. */
export interface Opening {
  readonly version: number;
  readonly bigEndian: boolean;
}

/** The version and byte order of a file that begins like a blktrace record, else null. */
export function openingOf(bytes: Uint8Array): Opening | null {
  if (bytes.length < WORD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, WORD_BYTES);
  const [little, big] = [view.getUint32(0, true), view.getUint32(0)];
  if (little >>> 8 === MAGIC >>> 8) return { version: little & 0xff, bigEndian: false };
  return big >>> 8 === MAGIC >>> 8 ? { version: big & 0xff, bigEndian: true } : null;
}

/** The streams of a trace's files, each at its first record, in an order of their own. Files without one are left out. */
export async function openStreams(inputs: readonly TraceInput[], onGarbage: OnGarbage): Promise<Opened> {
  if (inputs.length > MOST_FILES)
    throw new TraceError(
      { file: inputs[0]!.name },
      "unsupported",
      `set of ${inputs.length} files: Linux has at most ${MOST_FILES} CPUs`,
      "keep the files of one recording",
    );
  const opened: Opened = { streams: [], truncated: false };
  for (const input of [...inputs].sort((a, b) => byCpuAndName(a.name, b.name))) {
    const stream = await openStream(input, onGarbage);
    if (stream === null) continue;
    if (await stream.refill()) opened.streams.push(stream);
    else if (stream.truncated) opened.truncated = true;
  }
  for (const [order, stream] of opened.streams.entries()) stream.order = order;
  return opened;
}

export interface Opened {
  readonly streams: RecordStream[];
  /** Whether a file ended inside its first record. */
  truncated: boolean;
}

async function openStream(input: TraceInput, onGarbage: OnGarbage): Promise<RecordStream | null> {
  const start = await firstWord(input);
  if (start.length === 0) return null;
  const opening = openingOf(start);
  const place = { file: input.name, byte: 0 };
  if (opening === null)
    throw new TraceError(place, "invalid", `record magic ${hexOf(start)}`, "expected a file written by blktrace");
  if (!VERSIONS.some((version) => version === opening.version))
    throw new TraceError(
      place,
      "unsupported",
      `blktrace version ${opening.version}`,
      `this reader knows versions ${VERSIONS.join(" and ")}`,
    );
  return new RecordStream(input, start, opening.bigEndian, onGarbage);
}

/** A copy of the file's first bytes: at least a word of them, if it has so many. */
async function firstWord(input: TraceInput): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  while (bytes.length < WORD_BYTES) {
    const chunk = await input.next();
    if (chunk === null) break;
    const longer = new Uint8Array(bytes.length + chunk.length);
    longer.set(bytes);
    longer.set(chunk, bytes.length);
    bytes = longer;
  }
  return bytes;
}

function hexOf(bytes: Uint8Array): string {
  return `0x${Array.from(bytes.subarray(0, WORD_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
