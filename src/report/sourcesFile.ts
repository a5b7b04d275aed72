import { type Static, Type } from "typebox";
import { checkedJson } from "./checkedJson.ts";
import { checkedGates } from "./gatesFile.ts";
import { SiteConfig } from "./siteConfig.ts";

/** The file at the top of a folder of Summaries. */
export const SOURCES_NAME = "sources.json";

/** What a site is made of beside its Summaries, so that it can be published without its traces. */
export const SourcesFile = Type.Object(
  {
    schema: Type.Literal("blkreport/sources/1"),
    config: SiteConfig,
    notices: Type.Array(Type.String(), { description: "what lies in traces/ and is no trace" }),
    traces: Type.Array(Type.String(), {
      description: "path of every trace below traces/, whether its Summary lies here or with another shard",
    }),
    bases: Type.Array(Type.String(), {
      description: "slugs that are no traces of this site: it is compared with them",
    }),
  },
  { $id: "blkreport/sources/1", $schema: "http://json-schema.org/draft-07/schema#" },
);
export type SourcesFile = Static<typeof SourcesFile>;

export function sourcesText(sources: Omit<SourcesFile, "schema">): string {
  return `${JSON.stringify({ schema: "blkreport/sources/1", ...sources })}\n`;
}

export function storedSources(text: string, file: string): SourcesFile {
  const sources = checkedJson<SourcesFile>(SourcesFile, text, file);
  checkedGates(sources.config.gates ?? [], file);
  return sources;
}
