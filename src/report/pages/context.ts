import type { ScopeInfo, TraceInfo } from "../../analysis/summary.ts";
import { bytesText, countText } from "../../model/quantities.ts";
import type { Device } from "../../model/trace.ts";

const MOST_DEVICES = 3;

/** When, where and on what the requests of a scope were recorded, a few words each; what is not known is left out. */
export function contextOf(trace: TraceInfo, scope: ScopeInfo): readonly string[] {
  const { kernel, host, filesystem, recorder } = trace.context;
  const told = [recordedText(trace), kernel, host, ...deviceTexts(trace.devices, scope.devices), filesystem, recorder];
  return told.filter((text) => text !== null);
}

/** Of the trace itself, else of its side file; null: neither says. */
export function recordedText({ startUnixNs, context }: TraceInfo): string | null {
  if (startUnixNs !== null) return utcText(new Date(Number(BigInt(startUnixNs) / 1_000_000n)).toISOString());
  return context.recordedAt === null ? null : utcText(context.recordedAt);
}

/** "2026-11-22T14:03:11.250Z" as "2026-11-22 14:03:11 UTC"; a day alone stays. */
function utcText(iso: string): string {
  const [day, time] = iso.split("T");
  return time === undefined ? iso : `${day} ${time.replace(/(\.\d+)?Z$/, "")} UTC`;
}

function deviceTexts(devices: readonly Readonly<Device>[], indexes: readonly number[]): readonly string[] {
  if (indexes.length > MOST_DEVICES) return [];
  return indexes.flatMap((index) => {
    const device = devices[index];
    const facts = device === undefined ? [] : factsOf(device);
    return facts.length === 0 ? [] : [`${device!.name}: ${facts.join(", ")}`];
  });
}

function factsOf(device: Readonly<Device>): readonly string[] {
  const { model, bytes, rotational, queueDepth, scheduler, discardGranularityBytes: discard } = device;
  const facts = [
    model,
    bytes === null ? null : bytesText(bytes),
    rotational === null ? null : rotational ? "rotational" : "not rotational",
    blocksText(device),
    queueDepth === null ? null : `queue depth ${countText(queueDepth)}`,
    scheduler === null ? null : `scheduler ${scheduler}`,
    discard === null ? null : discard === 0 ? "no discards" : `discards in ${bytesText(discard)}`,
  ];
  return facts.filter((fact) => fact !== null);
}

function blocksText({ logicalBlockBytes: logical, physicalBlockBytes: physical }: Readonly<Device>): string | null {
  if (logical === null && physical === null) return null;
  if (logical === physical) return `${bytesText(logical!)} blocks`;
  const sides = [
    logical === null ? [] : `${bytesText(logical)} logical`,
    physical === null ? [] : `${bytesText(physical)} physical`,
  ];
  return `${sides.flat().join(" on ")} blocks`;
}
