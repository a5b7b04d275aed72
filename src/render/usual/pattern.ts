/** Whether a value is as it must be. */
export type Pattern = (value: unknown) => boolean;

export function is(...values: readonly unknown[]): Pattern {
  return (value) => values.includes(value);
}

export function either(...patterns: readonly Pattern[]): Pattern {
  return (value) => patterns.some((pattern) => pattern(value));
}

export function matching(form: RegExp): Pattern {
  return (value) => typeof value === "string" && form.test(value);
}

export function number(value: unknown): boolean {
  return Number.isFinite(value);
}

export function list(item: Pattern, length?: number): Pattern {
  return (value) => Array.isArray(value) && (length === undefined || value.length === length) && value.every(item);
}

/** An object with these properties and no others; `optional` ones may be missing. */
export function object(
  required: Readonly<Record<string, Pattern>>,
  optional: Readonly<Record<string, Pattern>> = {},
): Pattern {
  const known = new Map(Object.entries({ ...optional, ...required }));
  const names = Object.keys(required);
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => name in value) &&
    Object.entries(value).every(([name, item]) => known.get(name)?.(item) ?? false);
}
