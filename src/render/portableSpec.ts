import { LIGHT } from "../theme/colours.ts";
import type { Spec } from "./compile.ts";
import { literalColour } from "./style.ts";

const ONLY_VARIABLE = /^var\(--([a-z0-9-]+)\)$/;
const VARIABLE = /var\(--([a-z0-9-]+)\)/g;

/** The spec with the light theme's literal colours, for people who open it elsewhere. */
export function portableSpec(spec: Spec): Spec {
  return withColours(spec, false) as Spec;
}

/** In data only a value that is nothing but a variable is a colour: other texts are the trace's own. */
function withColours(value: unknown, inData: boolean): unknown {
  if (inData && !holdsVariable(value)) return value;
  if (typeof value === "string") return inData ? value.replace(ONLY_VARIABLE, light) : value.replace(VARIABLE, light);
  if (Array.isArray(value)) return value.map((item) => withColours(item, inData));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withColours(item, inData || key === "data")]);
  return Object.fromEntries(entries);
}

/** Data are the most of a spec, and few hold colours: they need not be copied. */
function holdsVariable(value: unknown): boolean {
  if (typeof value === "string") return value.startsWith("var(");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsVariable);
}

function light(_variable: string, name: string): string {
  return literalColour(name, LIGHT);
}
