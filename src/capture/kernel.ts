import { constants, existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { permits } from "../io/permits.ts";
import { TraceError } from "../model/errors.ts";
import type { Device } from "../model/trace.ts";
import type { BlockDevice } from "./plan/blockDevice.ts";
import type { FtraceFacts } from "./plan/ftrace.ts";

const SECTOR_BYTES = 512;

/** A block device as sysfs knows it, and what it says of it. */
export interface Disk {
  readonly device: BlockDevice;
  readonly facts: Partial<Omit<Device, "id">>;
}

/** The disk that a path means, or why it is none that can be traced. */
export function diskOf(path: string): Disk | TraceError {
  const place = { file: path };
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return new TraceError(place, "missing", "block device", "name one that lsblk lists");
  if (!stat.isBlockDevice()) {
    const cure = "name one that lsblk lists; losetup -f --show FILE makes one of an image";
    return new TraceError(place, "invalid", "--device: it is no block device", cure);
  }
  const real = realpathSync(path);
  const name = basename(real).replaceAll("/", "!");
  const sys = join("/sys/class/block", name);
  const number = textOf(join(sys, "dev"))?.split(":").map(Number);
  if (number === undefined)
    return new TraceError(place, "unsupported", "block device: sysfs does not know it", "mount /sys");
  if (existsSync(join(sys, "partition"))) {
    const whole = `/dev/${basename(join(realpathSync(sys), ".."))}`;
    const cure = `name its disk, ${whole}: the requests of all its partitions are recorded there`;
    return new TraceError(place, "invalid", "--device: it is a partition", cure);
  }
  const [major = 0, minor = 0] = number;
  return { device: { name, path: real, major, minor }, facts: factsOf(name, sys) };
}

function factsOf(name: string, sys: string): Partial<Omit<Device, "id">> {
  const count = (file: string) => {
    const text = textOf(join(sys, file));
    return text === null || !/^\d+$/.test(text) ? undefined : Number(text);
  };
  const sectors = count("size");
  const facts = {
    name,
    bytes: sectors === undefined ? undefined : sectors * SECTOR_BYTES,
    logicalBlockBytes: count("queue/logical_block_size"),
    physicalBlockBytes: count("queue/physical_block_size"),
    rotational: count("queue/rotational") === undefined ? undefined : count("queue/rotational") === 1,
    discardGranularityBytes: count("queue/discard_granularity"),
    scheduler: /\[(.*)\]/.exec(textOf(join(sys, "queue/scheduler")) ?? "")?.[1],
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** What this machine's ftrace is, and why it cannot be used, if so. */
export function ftraceFacts(): { readonly facts: FtraceFacts; readonly troubles: readonly TraceError[] } {
  const tracefs = mountedAt("tracefs") ?? "/sys/kernel/tracing";
  const instances = join(tracefs, "instances");
  const events = join(tracefs, "events/block");
  const clocks = textOf(join(tracefs, "trace_clock"))?.match(/[\w-]+/g) ?? ["mono"];
  const names = listOf(events);
  const facts = { tracefs, clocks, events: new Set(names), cpus: cpuCount() };
  return { facts, troubles: ftraceTroubles(tracefs, instances, events) };
}

function ftraceTroubles(tracefs: string, instances: string, events: string): TraceError[] {
  if (!existsSync(instances)) {
    if (process.geteuid?.() !== 0) return [notRoot("--via ftrace", tracefs)];
    const cure = `mount -t tracefs tracefs ${tracefs}; where it is mounted and empty, the kernel has no CONFIG_FTRACE`;
    return [new TraceError({ file: tracefs }, "missing", "tracefs", cure)];
  }
  if (!permits(instances, constants.W_OK)) return [notRoot("--via ftrace", instances)];
  if (!existsSync(events))
    return [
      new TraceError(
        { file: events },
        "unsupported",
        "kernel: it has no events of the block layer",
        "it needs CONFIG_BLK_DEV_IO_TRACE",
      ),
    ];
  if (textOf(join(events, "block_rq_issue/format")) === null)
    return [
      new TraceError(
        { file: events },
        "unsupported",
        "kernel: it lets nobody read its events",
        "see /sys/kernel/security/lockdown: trace in a virtual machine",
      ),
    ];
  return [];
}

/** Where debugfs is, and why blktrace cannot be used on a disk, if so. */
export function blktraceFacts(name: string): {
  readonly facts: { readonly debugfs: string; readonly cpus: number };
  readonly troubles: readonly TraceError[];
} {
  const mounted = mountedAt("debugfs");
  const debugfs = mounted ?? "/sys/kernel/debug";
  const facts = { debugfs, cpus: cpuCount() };
  const troubles: TraceError[] = [];
  if (process.geteuid?.() !== 0) troubles.push(notRoot("--via blktrace", debugfs));
  else if (mounted === null)
    troubles.push(new TraceError({ file: debugfs }, "missing", "debugfs", `mount -t debugfs debugfs ${debugfs}`));
  if (name !== "" && existsSync(`/sys/class/block/${name}`) && !existsSync(`/sys/class/block/${name}/trace`))
    troubles.push(
      new TraceError(
        { file: name },
        "unsupported",
        "kernel: it has no blktrace",
        "it needs CONFIG_BLK_DEV_IO_TRACE; try --via ftrace",
      ),
    );
  const locked = /\[(integrity|confidentiality)\]/.exec(textOf("/sys/kernel/security/lockdown") ?? "")?.[1];
  if (locked !== undefined)
    troubles.push(
      new TraceError(
        { file: debugfs },
        "unsupported",
        `kernel: its lockdown (${locked}) refuses blktrace, even to root`,
        "try --via ftrace, or a virtual machine",
      ),
    );
  return { facts, troubles };
}

function notRoot(way: string, file: string): TraceError {
  return new TraceError({ file }, "missing", "permission", `${way} needs root: run it with sudo`);
}

/** Where a kind of filesystem is mounted first. */
function mountedAt(type: string): string | null {
  const lines = (textOf("/proc/mounts") ?? "").split("\n").map((line) => line.split(" "));
  return lines.find((words) => words[2] === type)?.[1] ?? null;
}

function cpuCount(): number {
  return Math.max(1, listOf("/sys/devices/system/cpu").filter((name) => /^cpu\d+$/.test(name)).length);
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
