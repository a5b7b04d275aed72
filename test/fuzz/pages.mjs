/**
 * Works out what pages, charts and comparisons say of a Summary, beside one that is known to be good; deep is with the
 * specifications of the pictures, with every scope and every comparison. Stored figures may contradict each other: then a chart may
 * fail, which work/draw.ts says on the page in its place.
 */
export function allPagesOf(parts, { summary, known, config, look }) {
  parts.summaryLines(summary);
  const traces = [entryOf(parts, summary, "one", look), entryOf(parts, known, "two", {})];
  const pairs = look.isDeep
    ? [
        [known, summary],
        [summary, known],
        [summary, summary],
      ]
    : [[known, summary]];
  const comparisons = pairs.map(([a, b], i) => comparisonOf(parts, a, b, `${i}`, look));
  const history = { slug: "h", history: parts.historyOf("h", [known, summary]), figures: [] };
  const { addresses, ...pages } = parts.sitePages({
    config,
    traces,
    comparisons,
    histories: [history],
    notices: [],
    date: null,
    sources: { notices: [], traces: [], bases: [] },
    base: null,
  });
  pages.catalogue();
  for (const address of addresses.traces) pages.trace(address);
  for (const address of addresses.comparisons) pages.comparison(address);
  for (const address of addresses.groups) pages.matrix(address);
  for (const address of addresses.histories) pages.history(address);
  return summary;
}

function entryOf({ CHARTS }, summary, slug, look) {
  const chartsOf = (id) => (look.isDeep || (look.isStored && id === summary.defaultScope) ? CHARTS : []);
  const scopes = summary.scopeList.map(({ id }) => ({
    scope: id,
    figures: chartsOf(id).flatMap((chart) => drawn(chart, () => chart.figure(summary, id), look)),
  }));
  const own = { ...summary, trace: { ...summary.trace, slug } };
  return { ok: true, slug, group: "g", defaultScope: summary.defaultScope, summary: own, scopes };
}

function comparisonOf({ COMPARISON_CHARTS, compare, diffLines, diffMarkdown, diffJunit }, a, b, slug, look) {
  const diff = compare(a, b);
  const report = { diff, gates: [] };
  diffLines(report);
  diffMarkdown(report, { page: null, picture: null });
  diffJunit(report);
  const figures = COMPARISON_CHARTS.flatMap((chart) => drawn(chart, () => chart.figure(diff, a, b), look));
  return { slug, a, b, diff, figures, gates: [], isWithBase: false };
}

const NOTHING = { answer: "", alternativeText: "", note: null, table: null, tableRows: 0, wide: null, narrow: null };

function drawn(chart, figureOf, look) {
  const { id, title, label, map = false } = chart;
  const words = { id, title, label, map };
  try {
    const figure = figureOf();
    if (figure === null) return [];
    return [
      "absent" in figure ? { ...words, ...NOTHING, absent: figure.absent } : { ...words, ...shown(figure, look) },
    ];
  } catch (error) {
    if (look.isStored) return [{ ...words, ...NOTHING, absent: "This chart could not be drawn." }];
    throw error;
  }
}

function shown(figure, { isDeep }) {
  const { answer, alternativeText, note, table } = figure;
  const size = (layout) => (isDeep ? figure.draw(layout) : { widthPx: 720, heightPx: 240 });
  const rows = { table: { ...table, rows: table.rows.slice(0, 5) }, tableRows: table.rows.length };
  return { absent: null, answer, alternativeText, note, ...rows, wide: size("wide"), narrow: size("narrow") };
}
