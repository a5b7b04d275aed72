import type { Head } from "../../model/format.ts";

const MOST_LINES = 10;

/** The first lines of a file that are whole and not blank, for detection. */
export function headLines({ bytes, complete }: Head): string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (!complete) lines.pop();
  return lines.filter((line) => line.trim() !== "").slice(0, MOST_LINES);
}
