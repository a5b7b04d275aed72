import { describe, expect, it } from "vitest";
import type { ScopeInfo, ScopeKind, Summary } from "../../src/analysis/summary.ts";
import { pageScopes } from "../../src/report/pageScopes.ts";

function summaryOf(kinds: readonly ScopeKind[], defaultScope = "marked", window: object | null = null): Summary {
  const scopeList = kinds.map((kind, i) => ({ id: kind === "span" ? `span-${i}` : kind, kind, requests: i % 3 }));
  return { scopeList: scopeList as unknown as ScopeInfo[], defaultScope, trace: { window } } as unknown as Summary;
}

const idsOf = (summary: Summary) => pageScopes(summary).map(({ id }) => id);

describe("the scopes with a page of their own", () => {
  it("are without a lone span, since all marked spans are the same requests", () => {
    expect(idsOf(summaryOf(["whole", "marked", "span"]))).toEqual(["whole", "marked"]);
  });

  it("are all of them where there are several spans", () => {
    expect(idsOf(summaryOf(["whole", "marked", "span", "span"]))).toEqual(["whole", "marked", "span-2", "span-3"]);
  });

  it("are without the empty spans where a window is shown", () => {
    const kinds = ["whole", "marked", "span", "span", "span"] as const;
    expect(idsOf(summaryOf(kinds, "marked", {}))).toEqual(["whole", "marked", "span-2", "span-4"]);
  });

  it("keep a lone span on which the page opens", () => {
    expect(idsOf(summaryOf(["whole", "marked", "span"], "span-2"))).toEqual(["whole", "marked", "span-2"]);
  });
});
