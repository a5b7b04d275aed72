import type { Durability } from "../../src/analysis/metrics/durability.ts";
import { FLAG, type Op } from "../../src/model/ops.ts";
import type { SlowTrace } from "./slowTrace.ts";

/*
 * What a crash would lose, from a list of whole requests: at every moment each write is asked whether it is complete,
 * and whether any flush of its device began after that and has ended.
 */

export interface SlowWritten {
  readonly op: Op;
  readonly flags: number;
  readonly device: number;
  readonly bytes: number;
  readonly queueNs: number | null;
  readonly issueNs: number;
  /** null: never. */
  readonly completeNs: number | null;
  readonly failed: boolean;
}

/** The requests of the lowest layer, times from the trace's first request. */
export function requestsOf({ devices, history }: SlowTrace): SlowWritten[] {
  const issues = history.flatMap((each) => (each.what === "issue" ? [each.issue] : []));
  const zeroNs = issues[0]?.issueNs ?? 0;
  const ends = new Map(
    history.flatMap((each) => (each.what === "completion" ? [[each.completion.row, each.completion] as const] : [])),
  );
  return issues
    .map(({ lengthBytes: bytes, queueNs, issueNs, ...issue }, row) => {
      const end = ends.get(row);
      return {
        ...issue,
        bytes,
        queueNs: queueNs === null ? null : queueNs - zeroNs,
        issueNs: issueNs - zeroNs,
        completeNs: end === undefined ? null : end.completeNs - zeroNs,
        failed: end !== undefined && end.error > 0,
      };
    })
    .filter(({ device }) => !devices[device]!.stacked);
}

const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;
const isWrite = ({ op, bytes }: SlowWritten): boolean =>
  bytes > 0 && (op === "write" || op === "writeZeroes" || op === "zoneAppend");

function isSlowFlush({ op, flags, queueNs, issueNs }: SlowWritten): boolean {
  return op === "flush" || (has(flags, FLAG.preflush) && (queueNs === null || queueNs === issueNs));
}

interface Level {
  readonly fromNs: number;
  readonly bytes: number;
  readonly writes: number;
}

function levels(requests: readonly SlowWritten[]): Level[] {
  const writes = requests.filter((each) => isWrite(each) && !has(each.flags, FLAG.fua) && !each.failed);
  const flushes = requests.filter((each) => isSlowFlush(each) && !each.failed);
  const isSafe = (write: SlowWritten, atNs: number): boolean =>
    flushes.some(
      ({ device, issueNs, completeNs }) =>
        device === write.device && write.completeNs! < issueNs && completeNs !== null && completeNs <= atNs,
    );
  const moments = requests.flatMap(({ issueNs, completeNs }) => [
    issueNs,
    ...(completeNs === null ? [] : [completeNs]),
  ]);
  return [...new Set(moments)]
    .sort((a, b) => a - b)
    .map((fromNs) => {
      const lost = writes.filter(
        (each) => each.completeNs !== null && each.completeNs <= fromNs && !isSafe(each, fromNs),
      );
      return { fromNs, bytes: sum(lost.map(({ bytes }) => bytes)), writes: lost.length };
    });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Gaps between the flushes of each device, and the bytes completed between their beginnings. */
function betweenFlushes(requests: readonly SlowWritten[]) {
  const devices = [...new Set(requests.map(({ device }) => device))];
  const gaps: number[] = [];
  const bytes: number[] = [];
  for (const own of devices.map((device) => requests.filter((each) => each.device === device))) {
    const written = (beforeNs: number): number =>
      sum(
        own
          .filter((each) => isWrite(each) && !has(each.flags, FLAG.fua) && !each.failed)
          .filter(({ completeNs }) => completeNs !== null && completeNs < beforeNs)
          .map((each) => each.bytes),
      );
    const at = own.filter(isSlowFlush).map(({ issueNs }) => issueNs);
    gaps.push(...at.slice(1).map((ns, i) => ns - at[i]!));
    bytes.push(...at.map((ns, i) => written(ns) - (i === 0 ? 0 : written(at[i - 1]!))));
  }
  return { gaps, bytes };
}

export function slowDurability(requests: readonly SlowWritten[]) {
  const all = levels(requests);
  const lastNs = all.at(-1)!.fromNs;
  const spans = all.map((level, i) => ({ ...level, ns: (all[i + 1]?.fromNs ?? lastNs) - level.fromNs }));
  const peakBytes = Math.max(...all.map(({ bytes }) => bytes));
  const peak = all.find(({ bytes }) => bytes === peakBytes)!;
  const spentNs = lastNs - all[0]!.fromNs;
  const flushes = requests.filter(isSlowFlush);
  const writes = requests.filter(isWrite);
  const fua = writes.filter(({ flags }) => has(flags, FLAG.fua));
  const between = betweenFlushes(requests);
  return {
    levels: all,
    flushTimes: flushes.map(({ issueNs }) => issueNs),
    between,
    figures: {
      peak: { bytes: peakBytes, writes: peakBytes === 0 ? 0 : peak.writes, atNs: peakBytes === 0 ? null : peak.fromNs },
      meanBytes: spentNs > 0 ? sum(spans.map(({ bytes, ns }) => bytes * ns)) / spentNs : all.at(-1)!.bytes,
      safeShare:
        spentNs > 0
          ? sum(spans.filter(({ bytes }) => bytes === 0).map(({ ns }) => ns)) / spentNs
          : Number(all.at(-1)!.bytes === 0),
      end: { bytes: all.at(-1)!.bytes, writes: all.at(-1)!.writes },
      flushRequests: flushes.filter(({ op }) => op === "flush").length,
      preflushRequests: flushes.filter(({ op }) => op !== "flush").length,
      fuaWrites: fua.length,
      fuaBytes: sum(fua.map(({ bytes }) => bytes)),
      cachedWrites: writes.length - fua.length,
      cachedBytes: sum(writes.map(({ bytes }) => bytes)) - sum(fua.map(({ bytes }) => bytes)),
    },
  };
}

/** The most of each bin: of the levels that begin in it, and of the one that lasts into it. */
export function mostInBins(all: readonly Level[], { startNs, binNs, bins }: NonNullable<Durability>): number[] {
  return Array.from({ length: bins }, (_, bin) => {
    const from = startNs + bin * binNs;
    const held = all.filter(
      ({ fromNs }, i) => fromNs < from + binNs && (fromNs >= from || (all[i + 1]?.fromNs ?? 0) > from),
    );
    return Math.max(0, ...held.map(({ bytes }) => bytes));
  });
}
