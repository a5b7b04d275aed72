import type { UserConfig } from "@11ty/eleventy";
import { unbroken } from "../model/quantities.ts";
import { cellText } from "../report/cellText.ts";
import type { Address } from "../report/pages/addresses.ts";
import type { SitePages } from "../report/pages/sitePages.ts";

/** What the templates may ask: how a quantity is written, and what stands on the page at an address. */
export function addFilters(config: UserConfig, pages: () => SitePages): void {
  config.addFilter("quantity", cellText);
  config.addFilter("unbroken", unbroken);
  config.addFilter("cataloguePage", () => pages().catalogue());
  config.addFilter("tracePage", (address: Address) => pages().trace(address));
  config.addFilter("brokenPage", (address: Address) => pages().broken(address));
  config.addFilter("comparisonPage", (address: Address) => pages().comparison(address));
  config.addFilter("historyPage", (address: Address) => pages().history(address));
  config.addFilter("matrixPage", (address: Address) => pages().matrix(address));
  config.addFilter("ciGuidePage", () => pages().ciGuide());
  config.addFilter("recordingGuidePage", () => pages().recordingGuide());
  config.addFilter("layoutGuidePage", () => pages().layoutGuide());
  config.addFilter("guideIndexPage", () => pages().guideIndex());
  config.addFilter("findingsGuidePage", () => pages().findingsGuide());
  config.addFilter("formatGuidePage", (address: Address) => pages().formatGuide(address));
}
