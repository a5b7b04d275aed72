import { Worker } from "node:worker_threads";
import type { Assistant } from "../../analysis/assistant.ts";
import type { Chunk } from "../../model/batch.ts";
import { type ChunkMemory, chunkMemory, holds, keepBatches, roomFor, rowsOf } from "../../model/chunkMemory.ts";
import { type Answer, FAILED, type Order, type Progress, SLOTS } from "./messages.ts";

const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/bundle/thread.js" : "./thread.js",
  import.meta.url,
);
/** An assistant that does nothing for so long is dead. */
const PATIENCE_MS = 60_000;

/** An assistant in a thread of its own, with chunks handed over in shared memory. */
export function openAssistant(patienceMs = PATIENCE_MS): Assistant & { close(): Promise<void> } {
  const progress: Progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(THREAD, { workerData: progress });
  const answer = answerOf(thread);
  const order = (message: Order) => thread.postMessage(message);
  const handOver = openSlots(order);
  let given = 0;
  return {
    begin: (reading) => order({ kind: "begin", reading }),
    add(chunk) {
      awaitProgress(progress, given - SLOTS + 1, patienceMs);
      handOver(given++ % SLOTS, chunk);
    },
    async finish(end) {
      order({ kind: "finish", end });
      const reply = await answer;
      if (!reply.ok) throw reply.error;
      return reply.scopes;
    },
    async close() {
      await thread.terminate();
    },
  };
}

/** The one answer of a thread; a thread that dies gives none. */
function answerOf(thread: Worker): Promise<Answer> {
  const answer = new Promise<Answer>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("the assistant's thread ended")));
  });
  answer.catch(() => undefined);
  return answer;
}

/** Waits until so many chunks are done; one that failed says why when it is asked for its results. */
function awaitProgress(progress: Progress, wanted: number, patienceMs: number): void {
  for (let done = Atomics.load(progress, 0); done !== FAILED && done < wanted; done = Atomics.load(progress, 0))
    if (Atomics.wait(progress, 0, done, patienceMs) === "timed-out") throw new Error("the assistant's thread is dead");
}

/** Copies chunks into the memory of a slot, and orders the work on them. */
function openSlots(order: (message: Order) => void): (slot: number, chunk: Chunk) => void {
  const slots: ChunkMemory[] = [];
  let knownDevices = "";
  let knownSpans = "";
  return (slot, chunk) => {
    const rows = rowsOf(chunk);
    const known = slots[slot];
    const memory = known !== undefined && holds(known, rows) ? known : chunkMemory(roomFor(rows));
    slots[slot] = memory;
    keepBatches(memory, chunk);
    const devices = JSON.stringify(chunk.devices);
    const spans = JSON.stringify(chunk.spans);
    order({
      kind: "chunk",
      slot,
      memory: memory === known ? null : { room: memory.room, buffer: memory.buffer },
      rows,
      firstRow: chunk.requests.firstRow,
      devices: devices === knownDevices ? null : chunk.devices,
      spans: spans === knownSpans ? null : chunk.spans,
    });
    knownDevices = devices;
    knownSpans = spans;
  };
}
