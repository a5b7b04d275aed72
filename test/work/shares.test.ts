import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareFonts } from "../../src/render/fonts.ts";
import { drawScope, drawScopeShare } from "../../src/work/drawJobs.ts";
import { joined, takeTurn, turnsFor } from "../../src/work/shares.ts";
import { HELLO, summaryOf } from "../report/fixture.ts";
import { folder } from "../support/folders.ts";

const summary = summaryOf(HELLO);
const job = (into: string) => ({ summary, scope: summary.defaultScope, folder: into });
const bytesIn = (path: string) => readdirSync(path).map((name) => [name, readFileSync(join(path, name), "base64")]);

beforeAll(prepareFonts);

describe("a scope that several workers draw", () => {
  it.each([2, 3])("has the figures and bytes that one worker gives it: %i workers", async (workers) => {
    const [alone, together] = [folder(), folder()];
    const turns = turnsFor(workers);
    const shares = Array.from({ length: workers }, () => drawScopeShare({ ...job(together), turns }));
    expect(joined(await Promise.all(shares))).toEqual(await drawScope(job(alone)));
    expect(bytesIn(together)).toEqual(bytesIn(alone));
  });

  it("is drawn whole by one where the others find nothing left to do", async () => {
    const turns = turnsFor(2);
    const into = folder();
    const first = await drawScopeShare({ ...job(into), turns });
    expect(readdirSync(into)).not.toContain("card.png");
    const second = await drawScopeShare({ ...job(into), turns });
    expect(second).toEqual({ figures: [], failures: [] });
    expect(joined([second, first])).toEqual(await drawScope(job(folder())));
    expect(readdirSync(into)).toContain("card.png");
  });

  it("loses the turn of no chart: each is taken once", () => {
    const turns = turnsFor(2);
    expect([takeTurn(turns), takeTurn(turns), takeTurn(turns)]).toEqual([0, 1, 2]);
  });
});
