import type { Format } from "../model/format.ts";
import { alibaba } from "./alibaba/index.ts";
import { biosnoop } from "./biosnoop/index.ts";
import { blkparse } from "./blkparse/index.ts";
import { blkTracer } from "./blkTracer/index.ts";
import { blktrace } from "./blktrace/index.ts";
import { bpftrace } from "./bpftrace/index.ts";
import { cloudPhysicsCsv } from "./cloudPhysicsCsv/index.ts";
import { csv } from "./csv/index.ts";
import { dmLogWrites } from "./dmLogWrites/index.ts";
import { fioIolog } from "./fioIolog/index.ts";
import { fioLog } from "./fioLog/index.ts";
import { fiu } from "./fiu/index.ts";
import { ftrace } from "./ftrace/index.ts";
import { mqsim } from "./mqsim/index.ts";
import { msr } from "./msr/index.ts";
import { nbdkitLog } from "./nbdkit/index.ts";
import { parquet } from "./parquet/index.ts";
import { perfScript } from "./perfScript/index.ts";
import { qemuTrace } from "./qemu/index.ts";
import { qtr } from "./qtr/index.ts";
import { spc } from "./spc/index.ts";
import { systor17 } from "./systor17/index.ts";
import { tencentCbs } from "./tencentCbs/index.ts";
import { vscsi } from "./vscsi/index.ts";

/** Every trace format that can be read, in the order of the guide: Linux, eBPF, virtual machines, benchmarks, tables, collections. */
export const FORMATS = [
  blktrace,
  blkparse,
  blkTracer,
  ftrace,
  perfScript,
  bpftrace,
  biosnoop,
  nbdkitLog,
  qemuTrace,
  qtr,
  fioIolog,
  fioLog,
  dmLogWrites,
  parquet,
  csv,
  msr,
  spc,
  alibaba,
  tencentCbs,
  systor17,
  fiu,
  cloudPhysicsCsv,
  vscsi,
  mqsim,
] as const satisfies readonly Format[];

/** The format with the id that a detection gave. */
export function formatById(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (format === undefined) throw new Error(`no format has the id ${JSON.stringify(id)}`);
  return format;
}
