import { TraceError } from "../model/errors.ts";
import type { Device } from "../model/trace.ts";

/** The files of /sys/block/DEVICE/queue that say something of a device, and how each reads. */
const READ: Readonly<Record<string, (value: string) => Partial<Device>>> = {
  logical_block_size: (value) => ({ logicalBlockBytes: Number(value) }),
  physical_block_size: (value) => ({ physicalBlockBytes: Number(value) }),
  rotational: (value) => ({ rotational: value === "1" }),
  discard_granularity: (value) => ({ discardGranularityBytes: Number(value) }),
  nr_requests: (value) => ({ queueDepth: Number(value) }),
  scheduler: (value) => ({ scheduler: /\[(\S+)\]/.exec(value)?.[1] ?? value }),
};

/**
 * Facts by the names of devices, from lines as
 * `for f in /sys/block/vda/queue/{rotational,scheduler}; do echo vda ${f##*\/} $(cat $f); done` writes them:
 * device, file, value. Files that say nothing here are passed over.
 */
export function queueFacts(lines: readonly string[], sideFileName: string): ReadonlyMap<string, Partial<Device>> {
  const facts = new Map<string, Partial<Device>>();
  for (const line of lines.flatMap((text) => text.split("\n"))) {
    if (line.trim() === "") continue;
    const [, device, key, value] = /^\s*(\S+)\s+(\w+)\s+(\S.*?)\s*$/.exec(line) ?? [];
    const read = key === undefined ? undefined : READ[key];
    const isNumber = /^\d+$/.test(value ?? "");
    if (device === undefined || (read !== undefined && key !== "scheduler" && !isNumber))
      throw new TraceError(
        { file: sideFileName },
        "invalid",
        `queue "${line}"`,
        "expected a line such as vda rotational 0",
      );
    if (read !== undefined) facts.set(device, { ...facts.get(device), ...read(value!) });
  }
  return facts;
}
