/* The assistant's thread: takes orders from src/work/assistant/openAssistant.ts and answers once for each reading. */
import { parentPort, workerData } from "node:worker_threads";
import { assist } from "../../analysis/assistant.ts";
import type { Span } from "../../model/batch.ts";
import { type ChunkMemory, chunkMemory, setRows } from "../../model/chunkMemory.ts";
import type { Device } from "../../model/trace.ts";
import { type Answer, FAILED, type Order, type Progress } from "./messages.ts";

const progress = workerData as Progress;
const slots: ChunkMemory[] = [];
let work: ReturnType<typeof assist> | null = null;
let devices: readonly Device[] = [];
let spans: readonly Span[] = [];

// Whoever waits for the next chunk cannot hear that the thread has ended.
process.on("exit", () => report(FAILED));

parentPort!.on("message", (order: Order) => {
  if (Atomics.load(progress, 0) === FAILED) return;
  try {
    obey(order);
  } catch (error) {
    report(FAILED);
    answer({ ok: false, error });
  }
});

function obey(order: Order): void {
  if (order.kind === "begin") work = assist(order.reading);
  else if (order.kind === "finish") answer({ ok: true, scopes: work!.finish(order.end) });
  else {
    add(order);
    report(Atomics.load(progress, 0) + 1);
  }
}

function add({ slot, memory, rows, firstRow, ...known }: Extract<Order, { kind: "chunk" }>): void {
  if (memory !== null) slots[slot] = chunkMemory(memory.room, memory.buffer);
  devices = known.devices ?? devices;
  spans = known.spans ?? spans;
  const { batches } = slots[slot]!;
  setRows(batches, rows, firstRow);
  work!.add({ devices, spans, ...batches });
}

function report(done: number): void {
  Atomics.store(progress, 0, done);
  Atomics.notify(progress, 0);
}

function answer(message: Answer): void {
  parentPort!.postMessage(message);
}
