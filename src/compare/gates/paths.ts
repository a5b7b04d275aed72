import { distance } from "fastest-levenshtein";
import type { TSchema } from "typebox";
import { OPS } from "../../model/ops.ts";
import { isFigure, KEYED_LIST, STRUCTURES } from "../leaves.ts";

/** What the JSON Schema of a metric's value says of itself, as far as paths need it. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** Stands for the key of an item of a list such as `byBoundary`. */
const ANY_KEY = "N";
/** Stands for the name of a structure, in which there may be anything. */
const ANY_NAME = "NAME";
const STRUCTURE = /^targets\.structures\..+(\.byOp\.[^.]+\.[^.]+)$/s;
const MOST_NEAREST = 3;

/** The schema of each metric's value, by its id. */
export type MetricSchemas = Readonly<Record<string, TSchema>>;

/** Every path at which a Summary may have a number. */
export function numberPaths(schemas: MetricSchemas): string[] {
  return Object.entries(schemas).flatMap(([id, schema]) => under(schema as Node, id));
}

function under(node: Node, path: string): string[] {
  if (node.anyOf) return [...new Set(node.anyOf.flatMap((one) => under(one, path)))];
  if (node.type === "number" || node.type === "integer") return isFigure(path) ? [path] : [];
  if (path === STRUCTURES) return under(node.items ?? {}, `${path}.${ANY_NAME}`);
  if (node.type === "array")
    return KEYED_LIST.test(path.slice(path.lastIndexOf(".") + 1)) && node.items?.properties
      ? under(node.items, `${path}.${ANY_KEY}`)
      : [];
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => under(child, `${path}.${name}`));
}

/** A path with what stands for the keys of lists. */
export function patternOf(path: string): string {
  const structure = STRUCTURE.exec(path);
  if (structure !== null) return `${STRUCTURES}.${ANY_NAME}${structure[1]}`;
  return path.replace(/\.\d+(?=\.|$)/g, `.${ANY_KEY}`);
}

/** The names that differ least from one. */
export function nearest(name: string, names: readonly string[]): string[] {
  return names
    .map((candidate) => ({ candidate, edits: distance(name, candidate) }))
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, MOST_NEAREST)
    .map(({ candidate }) => candidate);
}

/** The op whose figures a path asks for, or null. */
export function opOf(path: string): string | null {
  const op = /\.byOp\.([^.]+)/.exec(path)?.[1];
  return OPS.find((one) => one === op) ?? null;
}
