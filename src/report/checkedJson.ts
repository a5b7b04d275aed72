import type { TSchema } from "typebox";
import { Errors } from "typebox/value";
import { TraceError } from "../model/errors.ts";

/** More than anything here is nested; who goes through values that are nested without end has no stack left. */
const MOST_DEPTH = 100;
const [QUOTE, BACKSLASH] = [34, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

function assertDepth(text: string, file: string): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) inText = !inText;
    else if (inText) at += unit === BACKSLASH ? 1 : 0;
    else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth--;
    else if ((unit === OPEN_LIST || unit === OPEN_OBJECT) && ++depth > MOST_DEPTH) {
      const line = text.slice(0, at).split("\n").length;
      const what = `JSON: it is nested more than ${MOST_DEPTH} levels deep`;
      throw new TraceError({ file, line }, "unsupported", what, "make it flatter");
    }
  }
}

function parse(text: string, file: string): unknown {
  assertDepth(text, file);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const line = text.slice(0, position).split("\n").length;
    throw new TraceError({ file, line }, "invalid", "JSON", "mend it at or just before this line", { cause: error });
  }
}

function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const key of pointer.split("/").slice(1)) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * A JSON text that a person wrote, checked against the schema of Value; the first thing wrong is thrown with its place.
 * @param isValid a faster check against the same schema.
 */
export function checkedJson<Value>(
  schema: TSchema,
  text: string,
  file: string,
  isValid: (value: unknown) => boolean = () => false,
): Value {
  const value = parse(text, file);
  if (isValid(value)) return value as Value;
  const errors = Errors(schema, value);
  const [error] = errors;
  if (error === undefined) return value as Value;
  const key = error.instancePath.slice(1).replaceAll("/", ".") || "content";
  if (error.message === "schema is false") {
    const known = Object.keys((schema as { properties?: object }).properties ?? {});
    const cure = error.instancePath.lastIndexOf("/") === 0 ? `known keys: ${known.join(", ")}` : "leave it out";
    throw new TraceError({ file }, "unknown", `key "${key}"`, cure);
  }
  const choices = errors.flatMap((each) =>
    each.instancePath === error.instancePath && each.keyword === "const" ? [shortJson(each.params.allowedValue)] : [],
  );
  const cure = choices.length > 0 ? `expected one of ${choices.join(", ")}` : alternatives(errors, error.instancePath);
  throw new TraceError({ file }, "invalid", `${key} ${shortJson(valueAt(value, error.instancePath))}`, cure);
}

/** What each of the schemas that a value might have met asks of it. */
function alternatives(
  errors: readonly { instancePath: string; keyword: string; message: string }[],
  path: string,
): string {
  const messages = errors.filter(({ instancePath, keyword }) => instancePath === path && keyword !== "anyOf");
  return [...new Set(messages.map(({ message }) => message))].join(" or ");
}
