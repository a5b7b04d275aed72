import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import { TraceError } from "../model/errors.ts";
import { type Layout, STRUCTURE_KINDS, type Structure } from "../model/layout.ts";
import { LARGEST_EXACT } from "../model/units.ts";
import { checkedJson } from "./checkedJson.ts";

const VERSION = "blkreport/layout/1";
const MOST_STRUCTURES = 1_000_000;

const Bytes = Type.Integer({ minimum: 0, maximum: LARGEST_EXACT });

/** <trace file or set name>.layout.json: what lies where on the disks of a trace. */
export const LayoutFile = Type.Object(
  {
    layout: Type.Literal(VERSION),
    sources: Type.Array(Type.String({ maxLength: 500 }), {
      maxItems: 1000,
      description: 'what told it: "dumpe2fs 1.47.0"',
    }),
    devices: Type.Array(
      Type.Object(
        {
          device: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()], {
            description: "the device's id or name in the trace; null: the trace has only this one",
          }),
          bytes: Type.Union([Bytes, Type.Null()]),
          structures: Type.Array(
            Type.Object(
              {
                name: Type.String({ minLength: 1, maxLength: 8192 }),
                kind: Type.Union(STRUCTURE_KINDS.map((kind) => Type.Literal(kind))),
                within: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
                  description:
                    "position in this list of what holds it, which stands before it; null: the device itself",
                }),
                extents: Type.Array(Type.Tuple([Bytes, Bytes]), {
                  description: "[fromBytes, lengthBytes] of the device, in order of the structure's own addresses",
                }),
              },
              { additionalProperties: false },
            ),
            { maxItems: MOST_STRUCTURES, description: "where two overlap, the later one is the more exact" },
          ),
        },
        { additionalProperties: false },
      ),
      { maxItems: 1000 },
    ),
  },
  { additionalProperties: false, $id: VERSION },
);
type LayoutFile = Static<typeof LayoutFile>;

let compiled: { Check(value: unknown): boolean } | null = null;

/** The layout in a file, checked against its schema and for what the schema cannot say. */
export function layoutOfText(text: string, file: string): Layout {
  const { sources, devices } = checkedJson<LayoutFile>(LayoutFile, text, file, isValid);
  const names = devices.map(({ device }) => device);
  for (const [i, { device, bytes, structures }] of devices.entries()) {
    if (device === null && devices.length > 1)
      wrong(file, `devices.${i}.device null`, "name each device where there are several");
    if (names.indexOf(device) < i) wrong(file, `devices.${i}.device "${device}"`, "name each device once");
    for (const [j, structure] of structures.entries())
      checkStructure(structure as Structure, j, bytes, file, `devices.${i}.structures.${j}`);
  }
  return { sources, devices: devices as Layout["devices"] };
}

/** A layout as a file: the same layout gives the same bytes, one line for each structure. */
export function layoutText({ sources, devices }: Layout): string {
  const lines = devices.map(({ device, bytes, structures }) => {
    const head = `{ "device": ${JSON.stringify(device)}, "bytes": ${JSON.stringify(bytes)}, "structures": [`;
    const rows = structures.map(
      ({ name, kind, within, extents }) => `      ${JSON.stringify({ name, kind, within, extents })}`,
    );
    return `    ${head}${rows.length === 0 ? "" : `\n${rows.join(",\n")}\n    `}] }`;
  });
  const list = lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `;
  return `{\n  "layout": "${VERSION}",\n  "sources": ${JSON.stringify(sources)},\n  "devices": [${list}]\n}\n`;
}

function isValid(value: unknown): boolean {
  compiled ??= Compile(LayoutFile);
  return compiled.Check(value);
}

function checkStructure({ within, extents }: Structure, at: number, bytes: number | null, file: string, key: string) {
  if (within !== null && within >= at)
    wrong(file, `${key}.within ${within}`, "what holds a structure stands before it in the list");
  for (const [k, [from, length]] of extents.entries()) {
    if (length === 0) wrong(file, `${key}.extents.${k} of 0 bytes`, "leave it out");
    if (from + length > (bytes ?? LARGEST_EXACT))
      wrong(file, `${key}.extents.${k} [${from}, ${length}]`, `the device ends at ${bytes ?? LARGEST_EXACT}`);
  }
}

function wrong(file: string, what: string, cure: string): never {
  throw new TraceError({ file }, "invalid", what, cure);
}
