import type { Summary } from "../../analysis/summary.ts";
import type { Diff } from "../../compare/diff.ts";
import type { SectorMaps } from "./drawMap.ts";
import { deviceOf, partitionStarts } from "./starts.ts";

/** What two maps have in common: the larger device, and where the partitions of each start. */
export function pairOnDevice(
  diff: Diff,
  a: Summary,
  b: Summary,
): Pick<SectorMaps, "deviceBytes" | "starts" | "structures"> {
  const sizes = [deviceOf(a, diff.a.scope), deviceOf(b, diff.b.scope)].map((device) => device?.bytes ?? null);
  return {
    deviceBytes: sizes.some((bytes) => bytes === null) ? null : Math.max(...sizes.map((bytes) => bytes ?? 0)),
    structures: [],
    starts: [a, b].flatMap((summary, map) =>
      partitionStarts(summary, [diff.a, diff.b][map]!.scope).map(({ sector, name }) => ({
        sector,
        label: `${"AB".charAt(map)}: ${name}`,
        map,
      })),
    ),
  };
}
