import type { TSchema } from "typebox";
import { summarySchema } from "../../analysis/schema.ts";
import { Gates } from "../../compare/gates/schema.ts";
import { History } from "../../compare/history.ts";
import { Matrix } from "../../compare/matrix.ts";
import { diffSchema } from "../../compare/schema.ts";
import { BrokenFile } from "../brokenFile.ts";
import { LayoutFile } from "../layoutFile.ts";
import { SideFile } from "../sideFile.ts";
import { SiteConfig } from "../siteConfig.ts";
import { SourcesFile } from "../sourcesFile.ts";
import type { TextFile } from "./dataFiles.ts";

/** The JSON Schemas of what the site publishes and of what people write beside traces. */
export function schemaFiles(): readonly TextFile[] {
  const schemas: readonly (readonly [string, TSchema])[] = [
    ["summary", summarySchema()],
    ["diff", diffSchema()],
    ["matrix", Matrix],
    ["history", History],
    ["layout", LayoutFile],
    ["sidefile", SideFile],
    ["site", SiteConfig],
    ["gates", Gates],
    ["sources", SourcesFile],
    ["broken", BrokenFile],
  ];
  return schemas.map(([name, schema]) => ({
    path: `schema/${name}.json`,
    text: `${JSON.stringify(schema, null, 2)}\n`,
  }));
}
