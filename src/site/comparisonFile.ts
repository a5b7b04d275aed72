import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlannedFile } from "../io/publish.ts";
import { sha256 } from "../io/sha256.ts";
import { comparisonChartPath } from "../report/pages/links.ts";
import type { ComparisonEntry, SiteModel } from "../report/siteModel.ts";
import { drawComparison } from "../work/drawJobs.ts";
import { aloneTexts } from "./aloneFiles.ts";
import { importOnce } from "./importOnce.ts";

/** A comparison without its pictures. */
export type Undrawn = Omit<ComparisonEntry, "slug" | "figures">;

/** The page of a comparison that is in no site, as one HTML file. */
export async function comparisonFile(comparison: Undrawn): Promise<string> {
  importOnce();
  const folder = mkdtempSync(join(tmpdir(), "blkreport-"));
  try {
    const { a, b } = comparison;
    const slug = `${a.trace.slug}..${b.trace.slug}`;
    const { figures, failures } = await drawComparison({ a, b, folder });
    if (failures.length > 0) throw new Error(failures[0]!.message);
    const pictures = readdirSync(folder).filter((name) => name.endsWith(".svg"));
    const files = pictures.map((name): PlannedFile => {
      const file = join(folder, name);
      const source = { file, sha256: sha256(readFileSync(file)) };
      return { path: comparisonChartPath(slug, name), source, class: "asset" };
    });
    const [text] = await aloneTexts(siteOf({ ...comparison, slug, figures }), files, folder);
    return text!;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function siteOf(comparison: ComparisonEntry): SiteModel {
  const sources = { notices: [], traces: [], bases: [] };
  return {
    config: {},
    traces: [],
    comparisons: [comparison],
    histories: [],
    notices: [],
    date: null,
    sources,
    base: null,
  };
}
