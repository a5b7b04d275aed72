import { colour } from "./colours.ts";
import { FONT } from "./type.ts";

/** The Vega-Lite config of every chart; colours are `var(--token)`. */
export const VEGA_CONFIG = {
  font: FONT,
  background: null,
  view: {
    stroke: null,
    fill: null,
  },
  axis: {
    labelFont: FONT,
    labelFontSize: 12,
    labelColor: colour("ink-2"),
    labelFontWeight: 400,
    titleFont: FONT,
    titleFontSize: 12,
    titleFontWeight: 400,
    titleColor: colour("ink-2"),
    gridColor: colour("grid"),
    gridWidth: 1,
    gridCap: "butt",
    domain: false,
    ticks: false,
    tickColor: colour("rule"),
    tickSize: 4,
    labelPadding: 6,
    titlePadding: 8,
    labelOverlap: "greedy",
    labelSeparation: 8,
    labelFlush: false,
  },
  axisX: {
    title: null,
    domain: true,
    domainColor: colour("ink-3"),
    domainWidth: 1,
    ticks: true,
    tickColor: colour("ink-3"),
    grid: false,
    titleAnchor: "end",
    titleAlign: "right",
    labelBound: false,
  },
  axisY: {
    grid: true,
    title: null,
  },
  text: {
    font: FONT,
    fontSize: 12,
    fill: colour("ink-2"),
  },
  line: {
    strokeWidth: 1.75,
    strokeJoin: "round",
    strokeCap: "butt",
  },
  bar: {
    fill: colour("ink-3"),
  },
  rule: {
    stroke: colour("rule"),
  },
  point: {
    opacity: 1,
    filled: false,
    strokeWidth: 1.5,
  },
  geoshape: {
    stroke: null,
  },
  area: {
    line: false,
  },
  legend: {
    disable: true,
  },
  title: {
    font: FONT,
    fontSize: 15,
    fontWeight: 600,
    color: colour("ink"),
    anchor: "start",
    frame: "group",
    offset: 12,
    subtitleFont: FONT,
    subtitleFontSize: 13,
    subtitleColor: colour("ink-2"),
    subtitlePadding: 4,
  },
  header: {
    labelFont: FONT,
    labelFontSize: 12,
    labelColor: colour("ink"),
    labelFontWeight: 600,
    title: null,
  },
  scale: {
    bandPaddingInner: 0.25,
  },
} as const;
