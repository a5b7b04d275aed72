import type { BioBatch, CompletionBatch, EventBatch, RequestBatch } from "./batch.ts";

/** A batch of no requests with room for some. */
export function emptyRequests(capacity: number): RequestBatch {
  return {
    length: 0,
    firstRow: 0,
    op: new Uint8Array(capacity),
    flags: new Uint16Array(capacity),
    device: new Uint16Array(capacity),
    offsetBytes: new Float64Array(capacity),
    lengthBytes: new Float64Array(capacity),
    issueNs: new Float64Array(capacity),
    queueNs: new Float64Array(capacity),
    process: new Uint32Array(capacity),
    cpu: new Int16Array(capacity),
    mergedBios: new Uint32Array(capacity),
    cgroup: new Uint16Array(capacity),
  };
}

/** A batch of no completions with room for some. */
export function emptyCompletions(capacity: number): CompletionBatch {
  return {
    length: 0,
    row: new Float64Array(capacity),
    op: new Uint8Array(capacity),
    flags: new Uint16Array(capacity),
    device: new Uint16Array(capacity),
    offsetBytes: new Float64Array(capacity),
    lengthBytes: new Float64Array(capacity),
    queueNs: new Float64Array(capacity),
    getRequestNs: new Float64Array(capacity),
    insertNs: new Float64Array(capacity),
    issueNs: new Float64Array(capacity),
    completeNs: new Float64Array(capacity),
    error: new Uint16Array(capacity),
  };
}

/** A batch of no bios with room for some. */
export function emptyBios(capacity: number): BioBatch {
  return {
    length: 0,
    row: new Float64Array(capacity),
    op: new Uint8Array(capacity),
    device: new Uint16Array(capacity),
    process: new Uint32Array(capacity),
    cgroup: new Uint16Array(capacity),
    lengthBytes: new Float64Array(capacity),
    queueNs: new Float64Array(capacity),
    sleepNs: new Float64Array(capacity),
    getRequestNs: new Float64Array(capacity),
    insertNs: new Float64Array(capacity),
    mergeNs: new Float64Array(capacity),
    issueNs: new Float64Array(capacity),
    completeNs: new Float64Array(capacity),
  };
}

/** A batch of no events with room for some. */
export function emptyEvents(capacity: number): EventBatch {
  return {
    length: 0,
    kind: new Uint8Array(capacity),
    op: new Uint8Array(capacity),
    device: new Uint16Array(capacity),
    timeNs: new Float64Array(capacity),
    offsetBytes: new Float64Array(capacity),
    lengthBytes: new Float64Array(capacity),
    extra: new Float64Array(capacity),
    nextRow: new Float64Array(capacity),
  };
}
