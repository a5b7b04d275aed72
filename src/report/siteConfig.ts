import { type Static, Type } from "typebox";
import { Gates } from "../compare/gates/schema.ts";

const Slug = Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" });

/** traces/blkreport.json */
export const SiteConfig = Type.Object(
  {
    title: Type.Optional(Type.String({ maxLength: 200 })),
    /** Absolute URL of the site, for link previews and the Markdown to paste. */
    url: Type.Optional(Type.String({ pattern: "^https?://" })),
    /** The folder of the host in which the site lies, "/traces/"; pages link without it. */
    pathPrefix: Type.Optional(Type.String({ pattern: "^/" })),
    /** Pairs [baseline, head] of slugs. */
    comparisons: Type.Optional(Type.Array(Type.Array(Slug, { minItems: 2, maxItems: 2 }))),
    /** Rules that every comparison is held to. */
    gates: Type.Optional(Gates.properties.gates),
    include: Type.Optional(Type.Array(Type.String())),
    exclude: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false, $id: "blkreport/site/1" },
);
export type SiteConfig = Static<typeof SiteConfig>;
