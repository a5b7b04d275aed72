import { TraceError } from "../model/errors.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** What a tool printed as JSON. */
export function toolJson(text: string, file: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // The same to whoever reads it: it is not what the tool prints.
  }
  throw new TraceError({ file }, "invalid", "text: it is no JSON", "put there what the tool printed, whole");
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function rowsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function wordOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** A whole number, also as a text; null for all else, such as "4G", which is rounded. */
export function countOf(value: unknown): number | null {
  const plain = typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return typeof plain === "number" && Number.isSafeInteger(plain) && plain >= 0 ? plain : null;
}
