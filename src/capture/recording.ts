import { basename } from "node:path";
import { formatById } from "../formats/index.ts";
import { fileInput } from "../io/fileInput.ts";
import { TraceBuilder } from "../model/builder.ts";
import { TraceError } from "../model/errors.ts";
import type { TraceEnd } from "../model/trace.ts";
import type { Plan } from "./plan/plan.ts";

/** Reads what was recorded, as a build will read it. null: nothing can be read of it. */
export async function readRecording({ format }: Plan, files: readonly string[]): Promise<TraceEnd | null> {
  const builder = new TraceBuilder(() => {});
  const inputs = files.map((path) => fileInput(path, basename(path)));
  try {
    await formatById(format).read(inputs, builder, {});
    return builder.finish();
  } catch (error) {
    if (error instanceof TraceError) return null;
    throw error;
  } finally {
    for (const input of inputs) await input.close();
  }
}

/** What a trace lacks for what was asked of it, each with what to do. */
export function lacksOf({ spans }: Plan, end: TraceEnd, lost: number, trace: string): TraceError[] {
  const place = { file: trace };
  const lacks: TraceError[] = [];
  for (const name of new Set(spans)) {
    const wanted = spans.filter((one) => one === name).length;
    const found = end.spans.filter((span) => span.name === name).length;
    if (found < wanted)
      lacks.push(
        new TraceError(
          place,
          "missing",
          `markers of "${name}": ${found} of ${wanted} pairs are in the trace`,
          "the command failed before they were set, or they went to another disk; record it again with --force",
        ),
      );
  }
  const dropped = Math.max(lost, end.quality.droppedEvents ?? 0);
  if (dropped > 0)
    lacks.push(
      new TraceError(
        place,
        "missing",
        `${dropped} events, which the kernel's buffers could not hold`,
        "record it again with a larger --buffer",
      ),
    );
  return lacks;
}
