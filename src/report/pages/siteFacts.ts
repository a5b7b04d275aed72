import { readableText } from "../../model/readable.ts";
import type { SiteModel } from "../siteModel.ts";
import { publicUrl } from "./absolute.ts";
import type { SiteFacts } from "./frame.ts";

const DEFAULT_TITLE = "Block I/O traces";

/** What every page shows of the site. */
export function siteFacts({ config, date }: SiteModel): SiteFacts {
  return { title: readableText(config.title ?? DEFAULT_TITLE), url: publicUrl(config), date };
}
