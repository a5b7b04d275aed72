import type { Reuse } from "../analysis/metrics/reuse.ts";
import { bytesText, counted, countText, durationText, sentence } from "../model/quantities.ts";
import type { Token } from "../theme/colours.ts";
import { octaveAxis, octaveCounts, octaveRange } from "./accessPattern/octaves.ts";
import { sampleWords } from "./accessPattern/sampled.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { centredWithin } from "./kit/axes.ts";
import { countPanels, countPanelsHeight } from "./kit/countPanels.ts";
import { type LogScale, logPosition, logTicks } from "./kit/logScale.ts";
import { figureOf } from "./kit/metricValue.ts";
import { plotWidth } from "./kit/plotWidth.ts";
import { chartSpec, type Label, type Layer, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";

/** When blocks of 4 KiB that were read or written are read or written again. */
export const reuseTimes: Chart = {
  id: "reuse-times",
  title: "What is read or written again, and how soon?",
  label: "Again",
  metrics: ["reuse"],
  figure: (summary, scope) => figureOf(summary, scope, "reuse", timesFigure),
};

type Kind = keyof Reuse["again"];
type Again = NonNullable<Reuse["again"][Kind]>;

interface KindStyle {
  readonly title: string;
  readonly clause: string;
  readonly token: Token;
  readonly hollow?: boolean;
}

/** Solid where what a cache could spare is repeated; hollow where reading and writing alternate. */
const STYLE: Readonly<Record<Kind, KindStyle>> = {
  readAfterRead: { title: "Read after read", clause: "read again after a read", token: "read" },
  readAfterWrite: { title: "Read after write", clause: "read after a write", token: "read", hollow: true },
  writeAfterWrite: { title: "Write after write", clause: "written again after a write", token: "write" },
  writeAfterRead: { title: "Write after read", clause: "written after a read", token: "write", hollow: true },
};
const KINDS = Object.keys(STYLE) as readonly Kind[];

function timesFigure(reuse: Reuse): Figure | null {
  const kinds = KINDS.filter((kind) => reuse.again[kind] !== undefined);
  if (kinds.length === 0) return null;
  const answer = `${answerOf(reuse, kinds)}${sampleWords(reuse)}.`;
  return {
    answer,
    alternativeText: `Histograms of the time until a block is read or written again. ${answer}`,
    note: noteOf(reuse, kinds),
    table: tableOf(reuse, kinds),
    draw: (layout) => draw(reuse, kinds, layout),
  };
}

function answerOf({ again }: Reuse, kinds: readonly Kind[]): string {
  const clauses = kinds.map((kind, i) => {
    const { accesses } = again[kind]!;
    const times = i > 0 ? "" : accesses === 1 ? "time a 4 KiB block is " : "times a 4 KiB block is ";
    return `${countText(accesses)} ${times}${STYLE[kind].clause}, ${soon(again[kind]!)}`;
  });
  return sentence(clauses.join("; "));
}

/** The median until the next access, in time or, without a clock, in requests. */
function soon({ accesses, time, requestsBetween }: Again): string {
  const some = accesses === 1 ? "" : accesses === 2 ? "one of them " : "half of them ";
  if (time !== null) return `${some}${accesses === 1 ? "after" : "within"} ${durationText(time.p50Ns)}`;
  if (requestsBetween.p50 === 0) return `${some}with no other request in between`;
  return `${some}${accesses === 1 ? "after" : "within"} ${counted(requestsBetween.p50, "other request")}`;
}

function noteOf({ again }: Reuse, kinds: readonly Kind[]): DataTable {
  const row = (kind: Kind) => {
    const { accesses, distinctBetween } = again[kind]!;
    return [STYLE[kind].title.toLowerCase(), countText(accesses), bytesText(distinctBetween.p50Bytes)];
  };
  return table(
    [
      ["kind", "", "text"],
      ["accesses", "accesses", "text"],
      ["distinctBetweenP50", "data between", "text"],
    ],
    kinds.map(row),
  );
}

function octavesOf({ time, requestsBetween }: Again): readonly (readonly number[])[] {
  return time?.octavesNs ?? requestsBetween.octaves;
}

function hasClock({ again }: Reuse, kinds: readonly Kind[]): boolean {
  return kinds.every((kind) => again[kind]!.time !== null);
}

function tableOf(reuse: Reuse, kinds: readonly Kind[]): DataTable {
  const clock = hasClock(reuse, kinds);
  return table(
    [
      ["kind", "kind", "text"],
      clock ? ["fromNs", "after", "ns"] : ["fromRequests", "after requests", "count"],
      clock ? ["toNs", "to less than", "ns"] : ["toRequests", "to less than", "count"],
      ["accesses", "accesses", "count"],
    ],
    kinds.flatMap((kind) =>
      octavesOf(reuse.again[kind]!).map(([from, accesses]) => [
        STYLE[kind].title,
        from!,
        Math.max(1, from! * 2),
        accesses!,
      ]),
    ),
  );
}

const TOP_PX = 24;
const BOTTOM_PX = 44;
const SIDE_PX = 14;
/** 1 µs to 16 s, or 1 to 256 requests, so that charts of different traces look alike. */
const USUAL_NS = [10, 34] as const;
const USUAL_REQUESTS = [0, 8] as const;
const MOST_COLUMNS = 36;

function draw(reuse: Reuse, kinds: readonly Kind[], layout: Layout): Drawing {
  const clock = hasClock(reuse, kinds);
  const edges = kinds.flatMap((kind) => octavesOf(reuse.again[kind]!).map(([from]) => from!));
  const [first, last] = octaveRange(
    clock ? edges.filter((edge) => edge > 0) : edges,
    clock ? USUAL_NS : USUAL_REQUESTS,
  );
  const join = last - first + 1 > MOST_COLUMNS || (layout === "narrow" && clock) ? 2 : 1;
  const columns = Math.ceil((last - first + 1) / join);
  const range = [first, first + columns * join - 1] as const;
  const plot = plotWidth(layout, { leftPx: SIDE_PX, rightPx: SIDE_PX });
  const plotHeightPx = countPanelsHeight(kinds.length, layout);
  const panels = kinds.map((kind) => ({
    title: `${STYLE[kind].title} · ${countText(reuse.again[kind]!.accesses)}`,
    token: STYLE[kind].token,
    hollow: STYLE[kind].hollow ?? false,
    counts: octaveCounts(
      octavesOf(reuse.again[kind]!).map(([from, count]) => [Math.max(from!, 2 ** first), count!]),
      range,
      join,
    ),
  }));
  const y = plotHeightPx + 14;
  const axis: readonly Label[] = clock
    ? timeLabels(range, plot.plotPx, y).map((label) => ({ ...label, x: centredWithin(label.x, label.text, plot) }))
    : octaveAxis(range, plot.plotPx, y, (octave) => countText(2 ** octave));
  const layer: Layer[] = [
    ...countPanels(panels, plot.plotPx, layout),
    texts(axis, "ink-2", "center"),
    texts(
      [{ x: plot.plotPx, y: y + 17, text: clock ? "after the access before" : "requests in between" }],
      "ink-3",
      "right",
    ),
  ];
  const padding = { left: SIDE_PX, right: SIDE_PX, top: TOP_PX, bottom: BOTTOM_PX };
  const heightPx = TOP_PX + plotHeightPx + BOTTOM_PX;
  return { spec: chartSpec(plot.widthPx, heightPx, padding, layer), widthPx: plot.widthPx, heightPx };
}

/** Powers of ten under columns that are powers of two. */
function timeLabels([first, last]: readonly [number, number], plotPx: number, y: number): readonly Label[] {
  const scale: LogScale = { fromNs: 2 ** first, toNs: 2 ** (last + 1), fromPx: 0, toPx: plotPx };
  return logTicks(scale, 56).map(({ ns, text }) => ({ x: logPosition(scale, ns), y, text }));
}
