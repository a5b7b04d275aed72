const TAG = /<[^>]*>/g;
const VIEW = /<view id="plot" viewBox="\S+ (\S+) (\S+) (\S+)"\/>/;

/**
 * The plot of an SVG that `renderSvg` made, to stand in an HTML page: no font, no colours and no title, which the page has;
 * `prefix` makes its ids the only ones of that name.
 */
export function inlineSvg(svg: string, prefix: string): string {
  const [view, top, width, height] = VIEW.exec(svg)!;
  const open = `<g transform="translate(0,${top})">`;
  const from = svg.indexOf(open, svg.indexOf(view!)) + open.length;
  const plot = svg.slice(from, svg.lastIndexOf("</g>"));
  return `<svg class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${prefixed(plot, prefix)}</svg>`;
}

/** Only in tags: a text may look like anything. */
function prefixed(markup: string, prefix: string): string {
  return markup.replace(TAG, (tag) => tag.replace(/ id="/g, ` id="${prefix}-`).replace(/url\(#/g, `url(#${prefix}-`));
}
