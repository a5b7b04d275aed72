import { describe, expect, it } from "vitest";
import type { FindingResult, Severity } from "../../src/analysis/summary.ts";
import type { GateResult } from "../../src/compare/gates/index.ts";
import { compare } from "../../src/compare/index.ts";
import { siteMarkdown } from "../../src/report/diff/siteMarkdown.ts";
import type { ComparisonEntry, SiteModel } from "../../src/report/siteModel.ts";
import { figureOf, HELLO, modelOf, type Row, summaryOf } from "./fixture.ts";

const HOSTILE = "]( javascript:alert(1) ) <img src=x> @everyone `x` | ~~ --> #1\n### no";

interface Changes {
  readonly rows?: readonly Row[];
  readonly gate?: "error" | "warn";
  readonly finding?: Severity;
  readonly title?: string;
  readonly isWithBase?: boolean;
}

function gateOf(level: "error" | "warn"): GateResult {
  return { name: "requests.total", scope: null, level, a: 4, b: 5, rule: "≤ +0", holds: false, why: "5 is not ≤ 4" };
}

function findingOf(severity: Severity): FindingResult {
  return { id: `a-${severity}-one`, severity, title: "", evidence: "", advice: "", chart: null };
}

function entryOf(
  name: string,
  { rows = HELLO, gate, finding, title = name, isWithBase = true }: Changes = {},
): ComparisonEntry {
  const a = summaryOf(HELLO, { trace: { slug: `base-${name}`, title: `${title} (base)` } });
  const findings = finding === undefined ? [] : [findingOf(finding)];
  const b = summaryOf(rows, { trace: { slug: name, title }, summary: { findings } });
  const gates = gate === undefined ? [] : [gateOf(gate)];
  const figures = [figureOf("difference-map")];
  return { slug: `base-${name}..${name}`, a, b, diff: compare(a, b), figures, gates, isWithBase };
}

function textOf(comparisons: readonly ComparisonEntry[], more: Partial<SiteModel> = {}): string {
  return siteMarkdown(modelOf({ base: { missing: [], gone: [] }, comparisons, ...more }));
}

const titlesIn = (text: string) => [...text.matchAll(/^#### (?:\[(.*?)\]\(.*\)|(.*))$/gm)].map(([, a, b]) => a ?? b);
const CHANGED = HELLO.slice(0, 9);

describe("the comment on a pull request", () => {
  it("begins with a mark that is the same each time, and other for another site", () => {
    const first = (title: string) => textOf([], { config: { title } }).split("\n")[0];
    expect(first("VM images")).toBe("<!-- blkreport site vm-images -->");
    expect(first(HOSTILE)).toBe("<!-- blkreport site -javascript-alert-1-img-src-x-everyone-x-1-no -->");
  });

  it("puts failing gates first, then warnings, new findings by severity, what got worse; what is as before it counts", () => {
    const text = textOf([
      entryOf("changed", { rows: CHANGED }),
      entryOf("low", { finding: "low" }),
      entryOf("same"),
      entryOf("warned", { gate: "warn" }),
      entryOf("high", { finding: "high" }),
      entryOf("failed", { gate: "error" }),
    ]);
    expect(titlesIn(text)).toEqual(["failed", "warned", "high", "low", "changed"]);
    expect(text).toContain("3 of 6 traces changed, **1 rule fails**");
    expect(text).toContain("- **fail** requests.total ≤ +0: 4 → 5: 5 is not ≤ 4\n");
    expect(text).toContain("- 1 trace as before.\n");
  });

  it("says of other comparisons only those whose gates fail", () => {
    const pair = (name: string, gate?: "error") =>
      entryOf(name, { rows: CHANGED, isWithBase: false, ...(gate && { gate }) });
    const text = textOf([pair("quiet"), pair("failing", "error")]);
    expect(text).toContain("#### failing against failing \\(base)".replace("\\", ""));
    expect(text).not.toContain("quiet");
  });

  it("links to nothing where the site has no address", () => {
    expect(textOf([entryOf("x", { rows: CHANGED })])).not.toContain("](");
    const text = textOf([entryOf("x", { rows: CHANGED })], { config: { url: "https://example.org/s" } });
    expect(text).toContain("[x](https://example.org/s/compare/base-x..x/index.html)");
    expect(text).toContain("](https://example.org/s/compare/base-x..x/charts/difference-map.png)");
  });

  it("says what has no counterpart and what could not be read", () => {
    const broken = {
      ok: false,
      slug: "bad",
      group: "",
      title: "",
      message: "",
      place: "",
      what: "",
      cure: "",
      files: [],
    } as const;
    const text = textOf([], { base: { missing: ["new"], gone: ["old"] }, traces: [broken] });
    expect(text).toContain("no trace has a base to compare with");
    expect(text).toContain("- Could not be read: bad.\n- Without a base: new.\n- No longer here: old.\n");
  });

  it("stays below GitHub's limit with any number of traces, and counts what it leaves out", () => {
    const slugs = Array.from({ length: 3_000 }, (_, i) => `${"long-".repeat(20)}${i}`);
    const entries = slugs
      .slice(0, 400)
      .map((slug) => entryOf(slug, { rows: CHANGED, gate: "error", title: HOSTILE.repeat(3) }));
    const text = textOf(entries, { base: { missing: slugs, gone: slugs } });
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain(`- ${400 - titlesIn(text).length} comparisons more in diff.json of each.`);
    expect(titlesIn(text).length).toBeGreaterThan(10);
  });

  it("takes no title for Markdown", () => {
    const text = textOf([entryOf("x", { rows: CHANGED, title: HOSTILE })], { config: { title: HOSTILE } });
    expect(text).not.toMatch(/<img|@everyone|(?<!\\)`x|^### no/m);
    expect(text.match(/^###+ /gm)).toHaveLength(2);
  });
});
