import { textWidth } from "../../theme/textWidth.ts";
import type { Layout } from "../chart.ts";
import type { Stretch } from "../kit/addressFolds.ts";
import { apart } from "../kit/fit.ts";
import { px } from "../kit/pixels.ts";
import { type Layer, rules, texts } from "../kit/spec.ts";
import { type Named, namesWithin } from "../kit/structures.ts";

const BRACKET_PX = 6;
const LEADER_PX = 10;
const TEXT_FROM_PX = BRACKET_PX + LEADER_PX + 4;
const LABEL_PX = 15;
const MOST_LABELS = 10;
const LEAST_PX = 2;
/** Places closer than that look like one. */
const ONE_PLACE_PX = 4;
const MOST_TEXT_PX = { wide: 156, narrow: 96 } as const;

/** Room at the right of a plot for the names of what lies at its addresses. */
export function namesPx(structures: readonly Named[], layout: Layout): number {
  if (structures.length === 0) return 0;
  const widest = Math.max(...structures.map((named) => textWidth(namesWithin([named], MOST_TEXT_PX[layout]))));
  // A label of several needs more than its names.
  return TEXT_FROM_PX + Math.ceil(structures.length > 1 ? MOST_TEXT_PX[layout] : widest) + 2;
}

/** A part of the address axis, from low at the bottom to high, and where its addresses stand. */
export interface AxisPart extends Stretch {
  y(bytes: number): number;
}

/** A stretch of the axis with what lies there. */
interface Place {
  readonly topPx: number;
  readonly bottomPx: number;
  readonly members: readonly Named[];
}

/** At the right of a plot: a bracket beside the addresses of each structure, and its name; the nearest fold where there is no room. */
export function nameLayers(
  structures: readonly Named[],
  parts: readonly AxisPart[],
  { plotPx, topPx, bottomPx, layout }: { plotPx: number; topPx: number; bottomPx: number; layout: Layout },
): readonly Layer[] {
  const places = placesOf(structures, parts);
  if (places.length === 0) return [];
  const most = Math.max(1, Math.min(MOST_LABELS, Math.floor((bottomPx - topPx) / LABEL_PX)));
  const labels = foldedTo(most, joined(places));
  const heights = apart(labels.map(middleOf), LABEL_PX, topPx + LABEL_PX / 2, bottomPx - LABEL_PX / 2);
  const x = plotPx + BRACKET_PX;
  const brackets = places.map((place) => ({ x, x2: x, y: px(place.topPx), y2: px(place.bottomPx) }));
  const leaders = labels.map((label, i) => ({
    x: x + 1,
    x2: x + LEADER_PX,
    y: px(middleOf(label)),
    y2: px(heights[i]!),
  }));
  const names = labels.map(({ members }, i) => ({
    x: plotPx + TEXT_FROM_PX,
    y: px(heights[i]!),
    text: namesWithin(members, MOST_TEXT_PX[layout]),
  }));
  return [rules(brackets, "ink-2", { strokeWidth: 3 }), rules(leaders, "ink-3"), texts(names, "ink-2")];
}

/** From high addresses to low. */
function placesOf(structures: readonly Named[], parts: readonly AxisPart[]): readonly Place[] {
  return structures
    .flatMap((named) =>
      named.pieces.flatMap(({ fromBytes, toBytes }) =>
        parts
          .map((part) => ({ part, from: Math.max(fromBytes, part.fromBytes), to: Math.min(toBytes, part.toBytes) }))
          .filter(({ from, to }) => from < to)
          .map(({ part, from, to }) => {
            const bottomPx = part.y(from);
            return { members: [named], bottomPx, topPx: Math.min(part.y(to), bottomPx - LEAST_PX) };
          }),
      ),
    )
    .sort((a, b) => a.topPx - b.topPx);
}

function middleOf({ topPx, bottomPx }: Place): number {
  return (topPx + bottomPx) / 2;
}

function together(a: Place, b: Place): Place {
  const members = [...new Set([...a.members, ...b.members])];
  return { topPx: Math.min(a.topPx, b.topPx), bottomPx: Math.max(a.bottomPx, b.bottomPx), members };
}

/** Pieces of one structure that follow each other, and structures of a kind in one place, have one name. */
function joined(places: readonly Place[]): readonly Place[] {
  const all: Place[] = [];
  for (const place of places) {
    const last = all.at(-1);
    if (last !== undefined && belongTogether(last, place)) all[all.length - 1] = together(last, place);
    else all.push(place);
  }
  return all;
}

function belongTogether(a: Place, b: Place): boolean {
  const kinds = new Set([...a.members, ...b.members].map(({ kind }) => kind));
  return a.members[0] === b.members[0] || (kinds.size === 1 && middleOf(b) - middleOf(a) < ONE_PLACE_PX);
}

/** The nearest neighbours are folded until they are few enough. */
function foldedTo(most: number, places: readonly Place[]): readonly Place[] {
  let all = places;
  while (all.length > most) {
    const gaps = all.slice(1).map((next, i) => middleOf(next) - middleOf(all[i]!));
    const least = gaps.indexOf(Math.min(...gaps));
    all = all.toSpliced(least, 2, together(all[least]!, all[least + 1]!));
  }
  return all;
}
