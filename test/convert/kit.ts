import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scopeMembers } from "../../src/analysis/scopes/scopeMembers.ts";
import { convertTrace } from "../../src/convert/convertTrace.ts";
import { type ReadTrace, type Survey, selectedExtents, surveyTrace } from "../../src/convert/extents.ts";
import { TARGETS } from "../../src/convert/index.ts";
import type { Selection } from "../../src/convert/selection.ts";
import { detect } from "../../src/formats/detect.ts";
import type { Chunk } from "../../src/model/batch.ts";
import { type BuilderOptions, TraceBuilder } from "../../src/model/builder.ts";
import type { Format, ReadHints } from "../../src/model/format.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../support/inputs.ts";

/** Bytes that are a trace. */
export interface TraceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hints: ReadHints;
}

export interface Asked {
  readonly scope?: string;
  readonly fromNs?: number;
  readonly untilNs?: number;
  readonly anonymize?: boolean;
  readonly batchRows?: number;
}

export type TargetId = (typeof TARGETS)[number]["id"];

const GOLDEN = "test/golden/formats";
const BESIDE = ["expected.json", "read.json"];

/** The traces of the golden files that are not longer than a few hundred kilobytes. */
export function goldenTraces(): readonly TraceFile[] {
  return readdirSync(GOLDEN).map((folder) => {
    const files = readdirSync(join(GOLDEN, folder));
    const name = files.find((file) => !BESIDE.includes(file))!;
    const hints = files.includes("read.json") ? readFileSync(join(GOLDEN, folder, "read.json"), "utf8") : "{}";
    return { name: `${folder}/${name}`, bytes: readFileSync(join(GOLDEN, folder, name)), hints: JSON.parse(hints) };
  });
}

function formatOf({ name, bytes, hints }: TraceFile): Format {
  const { format, reason } = detect(headOf(name, bytes), hints);
  if (format === null) throw new Error(`${name}: ${reason}`);
  return format;
}

/** Reads a trace file as often as it is called. */
export function readerOf(file: TraceFile, options: BuilderOptions = {}): ReadTrace {
  return async (consume: (chunk: Chunk) => void) => {
    const builder = new TraceBuilder(consume, options);
    await formatOf(file).read([inputFromBytes(file.name, file.bytes)], builder, file.hints);
    return builder.finish();
  };
}

export function readPlain(file: TraceFile, batchRows?: number): Promise<PlainTrace> {
  const options = batchRows === undefined ? {} : { batchRows };
  return readAll(formatOf(file), [inputFromBytes(file.name, file.bytes)], options, file.hints);
}

/** A scope of all devices, those on top of others too. */
export const EVERYTHING = "everything";

function selectionOf({ end, extents }: Survey, { scope = "whole", ...asked }: Asked): Selection {
  const members = scopeMembers(end, extents);
  const everything = { devices: new Set(end.devices.keys()), rows: null };
  const { devices, rows } = scope === EVERYTHING ? everything : members.find(({ id }) => id === scope)!;
  const { fromNs = Number.NEGATIVE_INFINITY, untilNs = Number.POSITIVE_INFINITY } = asked;
  return { devices, rows, fromNs, untilNs };
}

/** Converts what a reader reads; gives the output with the notes. */
export async function convertedBy(read: ReadTrace, id: TargetId, asked: Asked = {}) {
  const target = TARGETS.find((candidate) => candidate.id === id)!;
  const survey = await surveyTrace(read);
  const selection = selectionOf(survey, asked);
  const extents = await selectedExtents(read, survey, selection);
  const pieces: Uint8Array[] = [];
  const conversion = { target, survey, selection, extents, anonymize: asked.anonymize === true };
  const converted = await convertTrace(read, conversion, (piece) => {
    pieces.push(piece);
  });
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const file: TraceFile = { name: `converted${target.suffix}`, bytes, hints: {} };
  return { ...converted, file, text: new TextDecoder().decode(bytes) };
}

export function converted(file: TraceFile, id: TargetId, asked: Asked = {}) {
  const { batchRows } = asked;
  return convertedBy(readerOf(file, batchRows === undefined ? {} : { batchRows }), id, asked);
}

/** A file in memory, as text. */
export function textFile(name: string, text: string): TraceFile {
  return { name, bytes: new TextEncoder().encode(text), hints: {} };
}
