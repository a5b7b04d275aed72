import { addressTime } from "./addressTime.ts";
import { addressTimeByProcess } from "./addressTimeByProcess.ts";
import { alignment } from "./alignment.ts";
import { cacheSize } from "./cacheSize.ts";
import { cgroups } from "./cgroups.ts";
import type { Chart, ComparisonChart } from "./chart.ts";
import { comparedLatency } from "./comparedLatency.ts";
import { comparedMaps } from "./comparedMaps.ts";
import { comparedSeeks } from "./comparedSeeks.ts";
import { comparedSizes } from "./comparedSizes.ts";
import { concentration } from "./concentration.ts";
import { deviceOverhead } from "./deviceOverhead.ts";
import { differenceMap } from "./differenceMap.ts";
import { durability } from "./durability.ts";
import { footprint } from "./footprint.ts";
import { iops } from "./iops.ts";
import { iostat } from "./iostat.ts";
import { largerBlocks } from "./largerBlocks.ts";
import { latencyBySize } from "./latencyBySize.ts";
import { latencyEcdf } from "./latencyEcdf.ts";
import { latencyPhases } from "./latencyPhases.ts";
import { latencyTime } from "./latencyTime.ts";
import { operations } from "./operations.ts";
import { processes } from "./processes.ts";
import { queueDepth } from "./queueDepth.ts";
import { requestSizes } from "./requestSizes.ts";
import { reuseTimes } from "./reuseTimes.ts";
import { sectorMap } from "./sectorMap.ts";
import { seekDistances } from "./seekDistances.ts";
import { sequentialRuns } from "./sequentialRuns.ts";
import { throughput } from "./throughput.ts";
import { workingSet } from "./workingSet.ts";

/** Every chart of a trace, in the order of the page: where, when, what, how fast, who. To add one: a file beside this one, and a line here. */
export const CHARTS = [
  sectorMap,
  addressTime,
  throughput,
  iops,
  queueDepth,
  durability,
  operations,
  requestSizes,
  alignment,
  largerBlocks,
  seekDistances,
  sequentialRuns,
  latencyTime,
  latencyEcdf,
  latencyBySize,
  latencyPhases,
  deviceOverhead,
  iostat,
  footprint,
  reuseTimes,
  cacheSize,
  concentration,
  workingSet,
  processes,
  cgroups,
  addressTimeByProcess,
] as const satisfies readonly Chart[];

/** Every chart of a comparison, in the order of the page. */
export const COMPARISON_CHARTS = [
  differenceMap,
  comparedMaps,
  comparedSizes,
  comparedSeeks,
  comparedLatency,
] as const satisfies readonly ComparisonChart[];
