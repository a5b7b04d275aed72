import type { RecordStream } from "./recordStream.ts";

/** Calls `visit` with every record of all streams in order of time; equal times in the streams' order. */
export async function mergeByTime(
  streams: readonly RecordStream[],
  visit: (stream: RecordStream) => void,
): Promise<void> {
  const active = [...streams].sort((a, b) => (before(a, b) ? -1 : 1));
  while (active.length > 0) {
    visitWhatIsThere(active, visit);
    if (await active[0]!.refill()) settleFirst(active);
    else active.shift();
  }
}

/** Visits records until the first stream needs more bytes. */
function visitWhatIsThere(active: RecordStream[], visit: (stream: RecordStream) => void): void {
  while (visitUntil(active[0]!, active[1], visit)) settleFirst(active);
}

function before(a: RecordStream, b: RecordStream): boolean {
  return a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.order < b.order);
}

/** Hot: visits a stream's records up to the next stream's; false when the stream needs more bytes first. */
function visitUntil(
  stream: RecordStream,
  next: RecordStream | undefined,
  visit: (stream: RecordStream) => void,
): boolean {
  const limitNs = next ? next.timeNs : Number.POSITIVE_INFINITY;
  const winsTies = !next || stream.order < next.order;
  do {
    visit(stream);
    if (!stream.advance()) return false;
  } while (stream.timeNs < limitNs || (winsTies && stream.timeNs === limitNs));
  return true;
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
