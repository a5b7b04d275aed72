import { expect, it } from "vitest";
import { linkFrom, pageLink, rootFrom } from "../../src/report/pages/links.ts";

it("a link goes up only as far as the folders differ", () => {
  expect(linkFrom("traces/a/", "traces/a/charts/whole/x.svg")).toBe("charts/whole/x.svg");
  expect(linkFrom("traces/a/whole/", "traces/a/charts/whole/x.svg")).toBe("../charts/whole/x.svg");
  expect(linkFrom("compare/a..b/", "traces/a/index.html")).toBe("../../traces/a/index.html");
  expect(linkFrom("", "traces/a/index.html")).toBe("traces/a/index.html");
});

it("a page is linked by its file, so that the site works from a disk", () => {
  expect(pageLink("traces/a/whole/", "traces/a/")).toBe("../index.html");
});

it("the root is as many folders up as the page is deep", () => {
  expect([rootFrom(""), rootFrom("traces/a/"), rootFrom("traces/a/whole/")]).toEqual(["", "../../", "../../../"]);
});
