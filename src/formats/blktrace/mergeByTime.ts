import type { RecordStream } from "./recordStream.ts";

/** Takes a stream's records up to a time, the first in any case; gives false when the stream needs more bytes first. */
export interface Taker {
  takeUntil(stream: RecordStream, limitNs: number, winsTies: boolean): boolean;
}

/** Has every record of all streams taken in order of time; equal times in the streams' order. */
export async function mergeByTime(streams: readonly RecordStream[], taker: Taker): Promise<void> {
  const active = [...streams].sort((a, b) => (before(a, b) ? -1 : 1));
  while (active.length > 0) {
    takeWhatIsThere(active, taker);
    if (await active[0]!.refill()) settleFirst(active);
    else active.shift();
  }
}

/** Goes on until the first stream needs more bytes. */
function takeWhatIsThere(active: RecordStream[], taker: Taker): void {
  while (takeUntilNext(active[0]!, active[1], taker)) settleFirst(active);
}

function takeUntilNext(stream: RecordStream, next: RecordStream | undefined, taker: Taker): boolean {
  if (next === undefined) return taker.takeUntil(stream, Number.POSITIVE_INFINITY, true);
  return taker.takeUntil(stream, next.timeNs, stream.order < next.order);
}

function before(a: RecordStream, b: RecordStream): boolean {
  return a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.order < b.order);
}

/** Moves the first stream to where its time belongs among the others, which are in order. */
function settleFirst(active: RecordStream[]): void {
  const stream = active[0]!;
  let i = 0;
  while (i + 1 < active.length && before(active[i + 1]!, stream)) {
    active[i] = active[i + 1]!;
    i++;
  }
  active[i] = stream;
}
