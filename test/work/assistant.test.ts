import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { type SummarizeOptions, summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { SLOTS } from "../../src/work/assistant/messages.ts";
import { openAssistant } from "../../src/work/assistant/openAssistant.ts";
import { inputFromBytes, inputFromText } from "../support/inputs.ts";

const TRACES = join(import.meta.dirname, "../../traces");

function summary(
  format: string,
  names: readonly string[],
  options: SummarizeOptions,
  side: object = {},
): Promise<Summary> {
  const files = names.map((name) => ({ name, bytes: 0, sha256: "" }));
  const request = { slug: "a", title: "a", format, files, side, sideFileName: "a.json" };
  return summarizeTrace(
    request,
    () => names.map((name) => inputFromBytes(name, readFileSync(join(TRACES, name)))),
    options,
  );
}

function assistant() {
  const opened = openAssistant();
  onTestFinished(() => opened.close());
  return opened;
}

/** So few that the traces make more chunks than there are slots. */
const ROWS = 5;

const SETS = {
  "ext4 over its whole life": ["blktrace", ["filesystems/ext4-life.blktrace.0", "filesystems/ext4-life.blktrace.1"]],
  "a database": ["blktrace", ["databases/sqlite-wal.blktrace.0", "databases/sqlite-wal.blktrace.1"]],
} as const;

describe("an assistant in a thread of its own", () => {
  it.each(Object.entries(SETS))(
    "says the same of %s, and more chunks than it has slots",
    async (_, [format, files]) => {
      const alone = await summary(format, files, {});
      const together = await summary(format, files, { batchRows: ROWS, assistant: assistant() });
      expect(JSON.stringify(together)).toBe(JSON.stringify(alone));
      expect(alone.scopeList[0]!.requests).toBeGreaterThan(ROWS * SLOTS);
    },
  );

  it("knows of spans, of a window and of a default scope", async () => {
    const side = {
      spans: [{ name: "early", fromNs: 2e8, toNs: 4e8 }],
      defaultScope: "marked",
      window: { fromNs: 1e8 },
    };
    const [format, files] = SETS["a database"];
    const alone = await summary(format, files, {}, side);
    const together = await summary(format, files, { batchRows: ROWS, assistant: assistant() }, side);
    expect(JSON.stringify(together)).toBe(JSON.stringify(alone));
    expect(Object.keys(alone.scopes)).toContain("marked");
  });

  it("leaves the message of a broken trace as it is", async () => {
    const side = { window: { fromNs: 5 } };
    const request = { slug: "a", title: "a", format: "qtr", files: [], side, sideFileName: "a.json" };
    const inputs = () => [inputFromText("a.qtr", "S 20480\nR 0 8\n")];
    await expect(summarizeTrace(request, inputs, { assistant: assistant() })).rejects.toThrow(/^a\.json: unsupported/);
  });

  it("that fails is not waited for, and says why", async () => {
    const broken = assistant();
    const lacking = { ...broken, begin: () => broken.begin({ plan: null as never, defaultScope: undefined }) };
    const [format, files] = SETS["a database"];
    await expect(summary(format, files, { batchRows: ROWS, assistant: lacking })).rejects.toThrow(TypeError);
  });

  it("whose thread dies in the middle is not waited for", async () => {
    const dying = openAssistant(500);
    onTestFinished(() => dying.close());
    let chunks = 0;
    // Memory runs out like that: nothing of the thread runs any longer.
    const add: typeof dying.add = (chunk) => {
      if (chunks++ === 3) void dying.close();
      dying.add(chunk);
    };
    const [format, files] = SETS["a database"];
    const started = performance.now();
    await expect(summary(format, files, { batchRows: ROWS, assistant: { ...dying, add } })).rejects.toThrow(
      /^the assistant's thread (?:is dead|ended)$/,
    );
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("whose thread ends is missed at the end of the trace at the latest", async () => {
    const gone = openAssistant();
    await gone.close();
    const [format, files] = SETS["a database"];
    await expect(summary(format, files, { assistant: gone })).rejects.toThrow("the assistant's thread ended");
  });
});
