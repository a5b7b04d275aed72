import { describe, expect, it } from "vitest";
import { FINDINGS } from "../../src/findings/index.ts";
import { findingsGuidePage } from "../../src/report/pages/guide/findingsGuidePage.ts";

const SITE = { title: "Block traces", url: null, date: null };

describe("every finding", () => {
  it.each(FINDINGS.map((finding) => [finding.id, finding] as const))(
    "%s says in two sentences why it matters, with a source",
    (_, { why, source }) => {
      expect(why.match(/[.!?](?=\s[A-Z]|\sblktrace |$)/g)).toHaveLength(2);
      expect(source.url).toMatch(/^https:\/\//);
      expect(source.title).not.toBe("");
    },
  );

  it("stands in the guide with its question", () => {
    const page = findingsGuidePage(FINDINGS, SITE);
    expect(page.findings.map(({ id }) => id)).toEqual(FINDINGS.map(({ id }) => id));
    expect(page.frame.path).toBe("guide/findings/");
  });
});
