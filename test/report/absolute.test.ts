import { expect, it } from "vitest";
import { publicUrl } from "../../src/report/pages/absolute.ts";

it.each([
  [{}, null],
  [{ pathPrefix: "/traces/" }, null],
  [{ url: "https://example.org" }, "https://example.org/"],
  [{ url: "https://example.org", pathPrefix: "/" }, "https://example.org/"],
  [{ url: "https://example.org/", pathPrefix: "/traces" }, "https://example.org/traces/"],
  [{ url: "https://example.org/traces", pathPrefix: "/traces/" }, "https://example.org/traces/"],
])("of %o the site is seen at %s", (config, url) => {
  expect(publicUrl(config)).toBe(url);
});
