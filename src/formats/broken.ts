import { TraceError } from "../model/errors.ts";
import type { Place, Quality } from "../model/trace.ts";

/** The share of lines or records that a reader may fail to understand before the trace counts as broken. */
export const MOST_NOT_UNDERSTOOD = 0.01;

/**
 * Throws when so much of a trace is not understood that figures from the rest would mislead.
 * @param place of the trace, for when the reader kept no better one.
 * @param cure what helps too, where the lines or records are whole, and of another kind than the reader's.
 */
export function assertUnderstood(
  quality: Readonly<Quality>,
  place: Place,
  unit: "lines" | "records" = "lines",
  cure = "",
): void {
  const { notUnderstood, records, firstNotUnderstood } = quality;
  if (notUnderstood <= records * MOST_NOT_UNDERSTOOD) return;
  const ways =
    cure === ""
      ? "record it again, or take out what is foreign to it"
      : `record it again, take out what is foreign to it, or ${cure}`;
  throw new TraceError(
    firstNotUnderstood ?? place,
    "invalid",
    firstNotUnderstood?.what ?? unit,
    `not understood: ${notUnderstood} of ${records} ${unit}, and more than 1 % makes a trace broken: ${ways}`,
  );
}
