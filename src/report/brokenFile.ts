import { type Static, Type } from "typebox";
import { checkedJson } from "./checkedJson.ts";
import type { BrokenTrace } from "./siteModel.ts";

/** What lies in the place of summary.json where a trace could not be read. */
export const BrokenFile = Type.Object(
  {
    schema: Type.Literal("blkreport/broken/1"),
    path: Type.String({ description: "of the trace below traces/" }),
    message: Type.String({ description: "as the command line prints it" }),
    place: Type.String({ description: "file, and line or byte" }),
    what: Type.String(),
    cure: Type.String(),
    files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer({ minimum: 0 }) })),
  },
  { $id: "blkreport/broken/1", $schema: "http://json-schema.org/draft-07/schema#" },
);
export type BrokenFile = Static<typeof BrokenFile>;

export function brokenText({ title: path, message, place, what, cure, files }: BrokenTrace): string {
  const broken: BrokenFile = {
    schema: "blkreport/broken/1",
    path,
    message,
    place,
    what,
    cure,
    files: files.map(({ name, bytes }) => ({ name, bytes })),
  };
  return `${JSON.stringify(broken)}\n`;
}

export function storedBroken(text: string, file: string): BrokenFile {
  return checkedJson<BrokenFile>(BrokenFile, text, file);
}
