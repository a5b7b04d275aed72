import type { Quality } from "./trace.ts";

const MOST_NOTES = 100;

/** Adds a note to a data-quality record, once for each code and text. */
export function addNote({ notes }: Quality, code: string, text: string): void {
  if (notes.length > MOST_NOTES || notes.some((note) => note.code === code && note.text === text)) return;
  if (notes.length < MOST_NOTES) notes.push({ code, text });
  else notes.push({ code: "too-many-notes", text: `more than ${MOST_NOTES} notes; the rest are not shown` });
}
