import type { AnyMetric } from "../metric.ts";
import { accesses } from "./accesses.ts";
import { activity } from "./activity.ts";
import { alignment } from "./alignment.ts";
import { btt } from "./btt.ts";
import { cgroups } from "./cgroups.ts";
import { durability } from "./durability.ts";
import { errors } from "./errors.ts";
import { footprint } from "./footprint.ts";
import { iostat } from "./iostat.ts";
import { latency } from "./latency.ts";
import { latencyBySize } from "./latencyBySize.ts";
import { latencyOverTime } from "./latencyOverTime.ts";
import { ordering } from "./ordering.ts";
import { plugs } from "./plugs.ts";
import { processAccesses } from "./processAccesses.ts";
import { processes } from "./processes.ts";
import { queueDepth } from "./queueDepth.ts";
import { readModifyWrite } from "./readModifyWrite.ts";
import { requestSizes } from "./requestSizes.ts";
import { requests } from "./requests.ts";
import { reuse } from "./reuse.ts";
import { runs } from "./runs.ts";
import { sectorMap } from "./sectorMap.ts";
import { seekDistances } from "./seekDistances.ts";
import { seeks } from "./seeks.ts";
import { targets } from "./targets.ts";
import { throughput } from "./throughput.ts";

/** Every metric, in the order of the Summary. To add one: a file beside this one, and a line here. */
export const METRICS = [
  requests,
  alignment,
  readModifyWrite,
  footprint,
  sectorMap,
  accesses,
  requestSizes,
  seekDistances,
  runs,
  reuse,
  throughput,
  queueDepth,
  ordering,
  latency,
  latencyOverTime,
  btt,
  seeks,
  activity,
  plugs,
  iostat,
  latencyBySize,
  durability,
  processes,
  cgroups,
  processAccesses,
  targets,
  errors,
] as const;

/** What an assistant computes where there is one: about as much work as reading a trace and computing the others. */
export const ASSISTED: readonly AnyMetric[] = [
  readModifyWrite,
  footprint,
  sectorMap,
  accesses,
  seekDistances,
  runs,
  reuse,
  ordering,
  latency,
  btt,
  seeks,
  durability,
  processAccesses,
];
export const OTHERS: readonly AnyMetric[] = METRICS.filter((metric: AnyMetric) => !ASSISTED.includes(metric));
