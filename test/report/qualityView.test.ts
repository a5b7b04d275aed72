import { describe, expect, it } from "vitest";
import { emptyQuality, type Quality } from "../../src/model/trace.ts";
import { qualityView } from "../../src/report/pages/qualityView.ts";

function viewOf(over: Partial<Quality>) {
  return qualityView({ ...emptyQuality(), records: 704, ...over });
}

describe("whether the data can be trusted", () => {
  it("is a yes where nothing is missing", () => {
    expect(viewOf({}).answer).toBe(
      "Yes: all 704 records were understood, and nothing is missing that could be noticed.",
    );
    expect(viewOf({}).rows.some(({ doubtful }) => doubtful)).toBe(false);
  });

  it("names the first place that was not understood", () => {
    const firstNotUnderstood = { file: "sda.txt", line: 88, what: "action ZZ" };
    expect(viewOf({ notUnderstood: 3, firstNotUnderstood }).answer).toBe(
      "With care: 3 of 704 records not understood, first at sda.txt:88: action ZZ.",
    );
  });

  it("names every doubt in its answer", () => {
    const { answer } = viewOf({ truncated: true, unmatchedIssues: 2 });
    expect(answer).toBe("With care: all 704 records were understood, but unmatched issues: 2; cut off at the end.");
  });

  it("says what the format cannot tell, rather than 0", () => {
    const { rows } = viewOf({ droppedEvents: null });
    expect(rows.find(({ label }) => label.startsWith("Events lost"))?.value).toBe("not recorded");
  });

  it("mentions requeues only where there are any", () => {
    const labels = (over: Partial<Quality>) => viewOf(over).rows.map(({ label }) => label);
    expect(labels({})).not.toContain("Requeued requests");
    expect(labels({ requeues: 1 })).toContain("Requeued requests");
  });
});
