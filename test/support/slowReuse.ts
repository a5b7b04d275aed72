/*
 * What is read and written again, slow and obvious: every access of every block in lists.
 * It shares no code with the analysis.
 */

/** A read or write; ops that are neither are not handed in. */
export interface SlowAccess {
  readonly write: boolean;
  readonly device: number;
  readonly offset: number;
  readonly length: number;
  readonly at: number;
}

interface Touch {
  readonly block: string;
  readonly write: boolean;
  readonly at: number;
  readonly request: number;
  readonly bytes: number;
}

const BLOCK = 4096;

/** One touch for each block of each request, in order. */
export function touchesOf(accesses: readonly SlowAccess[]): Touch[] {
  const touches: Touch[] = [];
  accesses.forEach(({ write, device, offset, length, at }, request) => {
    for (let from = Math.floor(offset / BLOCK) * BLOCK; from < offset + length; from += BLOCK) {
      const bytes = Math.min(from + BLOCK, offset + length) - Math.max(from, offset);
      touches.push({ block: `${device}:${from}`, write, at, request, bytes });
    }
  });
  return touches;
}

/** An access that follows another one on the same block. */
interface Again {
  readonly kind: string;
  readonly elapsedNs: number;
  readonly requests: number;
  readonly distance: number;
  readonly bytes: number;
}

/** Stack distance of each touch: the different blocks since the same block was touched; Infinity for the first time. */
export function stackDistances(blocks: readonly string[]): number[] {
  const stack: string[] = [];
  return blocks.map((block) => {
    const depth = stack.indexOf(block);
    if (depth >= 0) stack.splice(depth, 1);
    stack.unshift(block);
    return depth < 0 ? Number.POSITIVE_INFINITY : depth;
  });
}

export function againOf(touches: readonly Touch[]): Again[] {
  const distances = stackDistances(touches.map(({ block }) => block));
  const histories = new Map<string, Touch[]>();
  return touches.flatMap((touch, i) => {
    const history = histories.get(touch.block) ?? [];
    const before = history.at(-1);
    histories.set(touch.block, [...history.slice(-1), touch]);
    if (before === undefined) return [];
    const kind = `${touch.write ? "write" : "read"}After${before.write ? "Write" : "Read"}`;
    const elapsedNs = touch.at - before.at;
    return [
      { kind, elapsedNs, requests: touch.request - before.request - 1, distance: distances[i]!, bytes: touch.bytes },
    ];
  });
}

/** Misses of an LRU cache of so many blocks, by simulating it. */
export function lruMisses(touches: readonly Touch[], blocks: number): number {
  const cache = new Set<string>();
  let misses = 0;
  for (const { block } of touches) {
    if (!cache.delete(block)) misses++;
    cache.add(block);
    if (cache.size > blocks) cache.delete(cache.values().next().value!);
  }
  return misses;
}

/** How often each block was touched. */
export function countsOf(touches: readonly Touch[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { block } of touches) counts.set(block, (counts.get(block) ?? 0) + 1);
  return counts;
}

/** The ceil(p·n)-th smallest. */
export function nearestRank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1]!;
}

/** One run of requests, each of which starts where the one before ended. */
interface SlowRun {
  readonly kind: string;
  end: number;
  requests: number;
  bytes: number;
}

export interface SlowRequest {
  readonly op: string;
  readonly device: number;
  readonly offset: number;
  readonly length: number;
}

/** Runs by op, and how many other streams came between; a list in the order of last use, of which the first `most` are open. */
export function runsOf(requests: readonly SlowRequest[], most: number) {
  const open: SlowRun[] = [];
  const ended: SlowRun[] = [];
  const between: { op: string; others: number }[] = [];
  for (const { op, device, offset, length } of requests) {
    const kind = `${op} ${device}`;
    const others = open.findIndex((run) => run.kind === kind && run.end === offset);
    const [run] = others < 0 ? [{ kind, end: 0, requests: 0, bytes: 0 }] : open.splice(others, 1);
    if (others >= 0) between.push({ op, others });
    open.unshift(run!);
    run!.end = offset + length;
    run!.requests++;
    run!.bytes += length;
    ended.push(...open.splice(most));
  }
  const all = [...ended, ...open];
  return { between, ofOp: (op: string) => all.filter(({ kind }) => kind.startsWith(`${op} `)) };
}

/** Distances between the starts of neighbouring requests of one op and device, and how often each occurs. */
export function stridesOf(requests: readonly SlowRequest[], op: string): Map<number, number> {
  const before = new Map<number, number>();
  const strides = new Map<number, number>();
  for (const { op: each, device, offset } of requests) {
    if (each !== op) continue;
    const stride = offset - (before.get(device) ?? Number.NaN);
    if (before.has(device)) strides.set(stride, (strides.get(stride) ?? 0) + 1);
    before.set(device, offset);
  }
  return strides;
}
