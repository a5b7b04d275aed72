import type { MetricValues, Summary } from "../../analysis/summary.ts";
import type { Band } from "../../analysis/targets/bands.ts";
import { isContainer, type StructureKind } from "../../model/layout.ts";
import type { Op } from "../../model/ops.ts";
import { counted, countText } from "../../model/quantities.ts";
import { countedKind } from "../../model/structureWords.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import type { Stretch } from "./addressFolds.ts";
import { firstThatFits } from "./fit.ts";

/** One structure of a layout, or several of a kind, and where its pieces lie. */
export interface Named {
  readonly kind: StructureKind;
  /** More than one where neighbours of a kind are folded. */
  readonly names: readonly string[];
  /** Ascending. */
  readonly pieces: readonly Stretch[];
}

type Structures = MetricValues["targets"]["structures"];

const DISCARDS: readonly string[] = ["discard", "secureErase"];
const MOST_SAID = 8;
const LONGEST_PATH = 32;

/** The structures that a scope's requests touched, where it has one device and a layout is known; by their first place. */
export function structuresOf(summary: Summary, scope: string, op?: Op): readonly Named[] {
  const devices = summary.scopeList.find(({ id }) => id === scope)?.devices ?? [];
  const result = summary.scopes[scope]?.targets;
  const { layout } = summary.trace;
  if (devices.length !== 1 || !layout || !result?.ok) return [];
  const touched = touchedBy(result.value.structures, op);
  const keys = new Set(touched.map(keyOf));
  const bands = layout.bands.filter((band) => band.device === devices[0] && keys.has(keyOf(band)));
  const inner = namedOf(bands.filter(({ kind }) => !isContainer(kind)));
  if (inner.length > 0) return inner;
  // What holds others is worth a name only beside its like.
  const outer = namedOf(bands);
  return outer.length > 1 ? outer : [];
}

/** A discard of all that there is says nothing of a structure: it counts where nothing else happened. */
function touchedBy(structures: Structures, op: Op | undefined): Structures {
  const moved = structures.filter(({ byOp }) => Object.keys(byOp).some((one) => !DISCARDS.includes(one)));
  const telling = moved.length > 0 ? moved : structures;
  if (op === undefined) return telling;
  return moved.length > 0 && DISCARDS.includes(op) ? [] : telling.filter(({ byOp }) => byOp[op] !== undefined);
}

function keyOf({ name, kind, within }: { name: string; kind: string; within: string | null }): string {
  return JSON.stringify([name, kind, within]);
}

function namedOf(bands: readonly Band[]): readonly Named[] {
  const byKey = new Map<string, Named & { readonly pieces: Stretch[] }>();
  for (const band of bands) {
    const { name, kind, fromBytes, lengthBytes } = band;
    const known = byKey.get(keyOf(band));
    const named = known ?? { kind, names: [shortName(name, kind)], pieces: [] };
    named.pieces.push({ fromBytes, toBytes: fromBytes + lengthBytes });
    byKey.set(keyOf(band), named);
  }
  return [...byKey.values()];
}

/** The end of a path says more than its beginning. */
function shortName(name: string, kind: StructureKind): string {
  if ((kind !== "file" && kind !== "directory") || name.length <= LONGEST_PATH) return name;
  const base = name.slice(name.lastIndexOf("/") + 1);
  return `…/${base}`;
}

/** As many as may be: of one kind the nearest are folded, neighbours first; of many kinds the first are kept. */
export function foldedTo(most: number, structures: readonly Named[]): readonly Named[] {
  const all = [...structures].sort((a, b) => a.pieces[0]!.fromBytes - b.pieces[0]!.fromBytes);
  while (all.length > most) {
    const pair = nearestAlike(all);
    if (pair === null) return all.slice(0, most);
    const [a, b] = pair;
    const folded = together(all[a]!, all[b]!);
    all.splice(b, 1);
    all.splice(a, 1, folded);
  }
  return all;
}

function nearestAlike(all: readonly Named[]): readonly [number, number] | null {
  const pairs = all.flatMap(({ kind, pieces }, a) => {
    const b = all.findIndex((next, i) => i > a && next.kind === kind);
    return b < 0 ? [] : [{ a, b, isApart: b > a + 1, gap: all[b]!.pieces[0]!.fromBytes - pieces.at(-1)!.toBytes }];
  });
  const [best] = pairs.sort((one, other) => Number(one.isApart) - Number(other.isApart) || one.gap - other.gap);
  return best === undefined ? null : [best.a, best.b];
}

function together(a: Named, b: Named): Named {
  const pieces = [...a.pieces, ...b.pieces].sort((one, other) => one.fromBytes - other.fromBytes);
  return { kind: a.kind, names: [...a.names, ...b.names], pieces };
}

/** "inode table, group 0"; "12 files". */
function nameOf({ kind, names }: Named): string {
  return names.length === 1 ? names[0]! : countedKind(kind, names.length);
}

/** Several in as much room as there is: all names, or how many there are of each kind, or the first and how many more, or how many. */
export function namesWithin(structures: readonly Named[], roomPx: number): string {
  const names = [...new Set(structures.map(nameOf))];
  const wordings = [names.join("; "), names.map(compact).join("; ")];
  if (names.length === 1) return firstThatFits(wordings, roomPx);
  const byKind = new Map<StructureKind, string[]>();
  for (const { kind, names: own } of structures) byKind.set(kind, [...(byKind.get(kind) ?? []), ...own]);
  const kinds = [...byKind].map(([kind, own]) => nameOf({ kind, names: own, pieces: [] }));
  const rest = (all: readonly string[]) =>
    all.map((_, i) => `${all.slice(0, all.length - i).join(", ")}${i === 0 ? "" : ` +${i}`}`);
  const all = counted([...byKind.values()].flat().length, "structure");
  return firstThatFits([...wordings, ...rest(kinds.map(compact)), all], roomPx);
}

/** "inode table 0". */
function compact(name: string): string {
  return name.replace(/, group (?=\d+$)/, " ");
}

/** For who cannot see them: "Structures: superblock at sector 2 050; journal at sectors 20 480 to 28 671." */
export function structuresText(structures: readonly Named[]): string {
  if (structures.length === 0) return "";
  const folded = foldedTo(2 * MOST_SAID, structures);
  const shown = folded.slice(0, MOST_SAID).map((named) => `${nameOf(named)} ${sectorsText(named)}`);
  const left = folded.length - shown.length;
  return ` Structures: ${[...shown, ...(left > 0 ? [`${countText(left)} more`] : [])].join("; ")}.`;
}

function sectorsText({ pieces }: Named): string {
  const first = Math.floor(pieces[0]!.fromBytes / SECTOR_BYTES);
  const last = Math.ceil(pieces.at(-1)!.toBytes / SECTOR_BYTES) - 1;
  return first >= last ? `at sector ${countText(first)}` : `at sectors ${countText(first)} to ${countText(last)}`;
}
