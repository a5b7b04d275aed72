import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { writeAtomic } from "../io/atomic.ts";
import { layoutNameOf } from "../io/discover.ts";
import { makeFolder } from "../io/makeFolder.ts";
import { nameAndVersion } from "../io/version.ts";
import type { TraceError } from "../model/errors.ts";
import type { Layout } from "../model/layout.ts";
import type { TraceEnd } from "../model/trace.ts";
import { checkedJson } from "../report/checkedJson.ts";
import { layoutText } from "../report/layoutFile.ts";
import { SideFile } from "../report/sideFile.ts";
import type { Interrupting } from "./interruption.ts";
import { layoutAfter } from "./layoutAfter.ts";
import { perform } from "./perform.ts";
import { describe } from "./plan/describe.ts";
import type { Plan } from "./plan/plan.ts";
import type { Question } from "./plan/question.ts";
import type { Prepared } from "./prepare.ts";
import { lacksOf, readRecording } from "./recording.ts";

export interface Wishes {
  readonly title: string | null;
  readonly description: string | null;
  readonly layout: boolean;
}

/** What came of a recording. */
export interface Captured {
  /** The files that stand beside each other now; none where nothing was recorded. */
  readonly files: readonly string[];
  readonly requests: number;
  /** The exit status of the command, as a shell has it; null: it never ran. */
  readonly status: number | null;
  readonly interrupted: Interrupting | null;
  /** What is wrong with the trace. */
  readonly troubles: readonly TraceError[];
  /** What there is to say besides. */
  readonly notices: readonly string[];
}

/** Records, and puts the trace, its side file and the layout of the disk into their places. */
export async function capture(question: Question, prepared: Prepared, wishes: Wishes): Promise<Captured> {
  const { plan } = prepared;
  const recordedAt = new Date();
  const recorder = prepared.recorder();
  const outcome = await perform(plan, async (files) => {
    const end = await readRecording(plan, files);
    return end === null || end.rows === 0 ? null : { end, ...putInPlace(plan, files) };
  });
  const { status, interrupted, lost, kept } = outcome;
  if (kept === null) return { ...outcome, files: [], requests: 0, notices: [] };
  const { end, traces, before } = kept;
  const disk = question.disk ?? question.device;
  const devices = deviceFacts(prepared, question, end);
  const device = end.devices.length > 1 ? (Object.keys(devices)[0] ?? null) : null;
  const layout = wishes.layout && disk !== null ? await layoutAfter(disk, device) : null;
  const side = describe(
    question,
    {
      ...wishes,
      recorder,
      by: nameAndVersion(),
      kernel: prepared.kernel,
      recordedAt,
      status: status ?? 0,
      interrupted: interrupted !== null,
      spans: plan.spans,
      devices,
      partitions: partitionsOf(layout?.layout ?? null),
    },
    before,
  );
  const sideFile = `${plan.trace}.json`;
  writeAtomic(sideFile, `${JSON.stringify(side, null, 2)}\n`);
  const layoutFile = layoutNameOf(plan.trace);
  if (layout?.layout) writeAtomic(layoutFile, layoutText(layout.layout));
  return {
    files: [...traces, sideFile, ...(layout?.layout ? [layoutFile] : [])],
    requests: end.rows,
    status,
    interrupted,
    troubles: [...outcome.troubles, ...lacksOf(plan, end, lost, plan.trace)],
    notices: layout?.notices ?? [],
  };
}

/** The files of a trace in its place: one, or those of a set. */
export function filesInPlace({ trace, format }: Plan): string[] {
  if (format !== "blktrace") return existsSync(trace) ? [trace] : [];
  const folder = dirname(trace);
  if (!existsSync(folder)) return [];
  const beginning = `${basename(trace)}.blktrace.`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(beginning))
    .map((name) => join(folder, name));
}

/** Moves what was recorded to where the trace belongs; what stood there, and its layout, is gone. Gives its old side file. */
function putInPlace(plan: Plan, files: readonly string[]): { traces: string[]; before: SideFile } {
  makeFolder(dirname(plan.trace));
  const before = sideFileAt(`${plan.trace}.json`);
  const isSet = plan.format === "blktrace";
  for (const old of [...(isSet ? filesInPlace(plan) : []), layoutNameOf(plan.trace)]) rmSync(old, { force: true });
  const traces = files.map((file) => {
    const number = isSet ? `.blktrace.${file.slice(file.lastIndexOf(".") + 1)}` : "";
    const place = `${plan.trace}${number}`;
    move(file, place);
    return place;
  });
  return { traces, before };
}

function sideFileAt(path: string): SideFile {
  return existsSync(path) ? checkedJson<SideFile>(SideFile, readFileSync(path, "utf8"), path) : {};
}

/** Also across file systems; nobody sees a half of it. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const beside = `${to}.${process.pid}.tmp`;
    try {
      copyFileSync(from, beside);
      renameSync(beside, to);
    } finally {
      rmSync(beside, { force: true });
    }
  }
}

/** What is known of the traced disk, under the id that it has in the trace. */
function deviceFacts({ disk, plan }: Prepared, question: Question, { devices }: TraceEnd) {
  if (disk !== null) {
    const { major, minor } = disk.device;
    const id = `${major},${minor}`;
    return devices.some((one) => one.id === id) ? { [id]: disk.facts } : {};
  }
  const path = question.disk;
  const bytes = question.createBytes;
  if (path === null) return {};
  const device = plan.format === "nbdkitLog" ? devices[0] : devices.find(({ name }) => resolve(name) === resolve(path));
  const size = device?.bytes ?? bytes;
  return device === undefined || size === null ? {} : { [device.id]: { name: basename(path), bytes: size } };
}

/** The partitions of a layout in sectors, for whoever reads side files. */
function partitionsOf(layout: Layout | null) {
  const [device, ...others] = layout?.devices ?? [];
  if (device === undefined || others.length > 0) return [];
  return device.structures.flatMap(({ name, kind, extents }) => {
    const [extent] = extents;
    return kind !== "partition" || extent === undefined
      ? []
      : [{ name, startSector: extent[0] / 512, sectors: extent[1] / 512 }];
  });
}
