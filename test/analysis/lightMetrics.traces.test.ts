import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Analysis, analyse } from "../../src/analysis/analyse.ts";
import { detect } from "../../src/formats/detect.ts";
import { TraceBuilder } from "../../src/model/builder.ts";
import type { ReadHints } from "../../src/model/format.ts";
import { expectAgreement } from "../support/agree.ts";
import { headOf, inputFromBytes, readAll } from "../support/inputs.ts";
import { recordingsIn } from "../support/recordings.ts";
import { slowTraceOf } from "../support/slowOfTrace.ts";
import { slowScopes } from "../support/slowReference.ts";

/** The light metrics of real traces, of every format: the published ones, those of test/golden, the captures where they are. */

const ROOT = join(import.meta.dirname, "../..");
/** The slow reference asks each request for all before it. */
const MOST_REQUESTS = 2000;
/** Their slow twins know the made traces' pids only. */
const OWN_TESTS = ["processes", "cgroups"];

type Recording = readonly [name: string, files: readonly string[], hints: ReadHints];

function goldenFormats(): Recording[] {
  const folder = join(ROOT, "test/golden/formats");
  return readdirSync(folder).map((name) => {
    const files = readdirSync(join(folder, name)).filter((file) => file !== "expected.json");
    const hints = files.includes("read.json") ? readFileSync(join(folder, name, "read.json"), "utf8") : "{}";
    const own = files.filter((file) => file !== "read.json").map((file) => join(folder, name, file));
    return [name, own, JSON.parse(hints) as ReadHints];
  });
}

function withoutHints(folder: string): Recording[] {
  return recordingsIn(join(ROOT, folder)).map(([name, files]) => [name, files, {}]);
}

/** How many requests were counted twice; 0 where the reference would take too long. */
async function compare([, files, hints]: Recording): Promise<number> {
  const read = files.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  const { format } = detect(headOf(read[0]!.name, read[0]!.bytes), hints);
  if (format === null) return 0;
  const inputs = () => read.map(({ name, bytes }) => inputFromBytes(name, bytes));
  const plain = await readAll(format, inputs(), {}, hints);
  if (plain.requests.length > MOST_REQUESTS) return 0;
  const analysis = await analyse(async (consume) => {
    const builder = new TraceBuilder(consume, { batchRows: 100 });
    await format.read(inputs(), builder, hints);
    return builder.finish();
  });
  if (analysis.scopeList.some(({ kind }) => kind === "other")) return 0;
  for (const [scope, metrics] of Object.entries(slowScopes(slowTraceOf(plain)))) {
    const id = idOf(scope, analysis);
    for (const [metric, result] of Object.entries(metrics))
      if (!OWN_TESTS.includes(metric))
        expectAgreement(analysis.scopes[id]![metric as "requests"], result, `${id}.${metric}`);
  }
  return plain.requests.length;
}

/** The reference names scopes by their bare names. */
function idOf(scope: string, { scopeList }: Analysis): string {
  const kind = scope.split("-")[0]!;
  const own = scopeList.filter((each) => each.kind === kind);
  const title = scope.slice(scope.indexOf("-", kind === "span" ? 5 : 0) + 1);
  if (kind === "span") return own[Number(scope.split("-")[1]) - 1]!.id;
  return own.find((each) => own.length === 1 || each.title === title)!.id;
}

describe("the light metrics of a real trace agree with the slow reference, in every scope", () => {
  it.each([...goldenFormats(), ...withoutHints("traces")])("%s", async (name, files, hints) => {
    await compare([name, files, hints]);
  });

  it("of many thousand requests", async () => {
    let requests = 0;
    for (const recording of withoutHints("traces")) requests += await compare(recording);
    expect(requests).toBeGreaterThan(3000);
  });

  const captures = withoutHints("../shared/captures");
  it.skipIf(captures.length === 0).each(captures)("%s", async (name, files, hints) => {
    await compare([name, files, hints]);
  });
});
