import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CachedFile } from "../io/cache.ts";
import { fileTrouble } from "../io/fileTrouble.ts";
import { cachedContent } from "../io/lostResult.ts";
import type { PlannedFile } from "../io/publish.ts";
import type { DrawnFigure } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import type { DrawnFigures } from "./draw.ts";
import { type Failure, failureOf } from "./outcome.ts";
import type { Held } from "./shelf.ts";

/** Charts of one scope, comparison or history. */
export interface Drawing {
  /** What messages call it. */
  readonly subject: string;
  /** That of its entry in the cache, which `key` names. */
  readonly kind: string;
  readonly key: string;
  draw(folder: string): Promise<DrawnFigures>;
  /** Where a file of it stands in the site. */
  pathOf(name: string): string;
}

export interface Drawn {
  /** Recalled when they are asked for: most builds need their files alone. */
  readonly figures: Held<readonly DrawnFigure[]>;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

/** The file of the figures' words and numbers, beside their pictures in the cache. It is not published. */
const FIGURES_NAME = "figures.json";

/**
 * Figures from the cache or a worker; where the worker fails there are none, and the failure says why. Where there is no
 * place for files nothing can be drawn at all: then what is published stays as it is.
 */
export async function drawn(bench: Bench, { subject, kind, key, draw, pathOf }: Drawing): Promise<Drawn> {
  const { cache, cacheDir, shelve, progress } = bench;
  try {
    const { value: failures, files } = await cache.folder(kind, key, async (folder) => {
      const { figures, failures } = await draw(folder);
      writeFileSync(join(folder, FIGURES_NAME), JSON.stringify(figures));
      return failures;
    });
    const words = files.find(({ name }) => name === FIGURES_NAME)!;
    const published = files.filter((file) => file !== words);
    return { figures: shelve(() => figuresIn(words)), files: asAssets(published, pathOf), failures };
  } catch (error) {
    const trouble = fileTrouble(error, cacheDir);
    if (trouble !== null) throw trouble;
    return { figures: () => [], files: [], failures: [failureOf(error, subject)] };
  } finally {
    progress.done(subject);
  }
}

function figuresIn({ path, sha256 }: CachedFile): readonly DrawnFigure[] {
  return JSON.parse(cachedContent({ file: path, sha256 }).toString("utf8"));
}

/** Cached files as files of the site. */
function asAssets(files: readonly CachedFile[], pathOf: Drawing["pathOf"]): readonly PlannedFile[] {
  return files.map(({ name, path, sha256 }) => ({
    path: pathOf(name),
    source: { file: path, sha256 },
    class: "asset",
  }));
}
