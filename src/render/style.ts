import { DARK, LIGHT, type Token } from "../theme/colours.ts";
import { CHART_TEXT_PX, FONT } from "../theme/type.ts";
import { chartFontUrl } from "./fonts.ts";

const VARIABLE = /var\(--([a-z0-9-]+)\)/g;
/** Where a tag ends after it: texts have no `>` that is not escaped. */
const VARIABLE_IN_TAG = /var\(--([a-z0-9-]+)\)(?=[^<>]*>)/g;
const STYLE = /<style>[^<]*<\/style>/;
const FONT_FACE = /<style>(?:@font-face\{[^}]*\})?/;

export type Palette = Readonly<Record<Token, string>>;

function isToken(name: string): name is Token {
  return Object.hasOwn(LIGHT, name);
}

/** The colour of a token in a palette; a name that the theme lacks is thrown. */
export function literalColour(name: string, palette: Palette): string {
  if (!isToken(name)) throw new Error(`the theme has no colour "${name}"`);
  return palette[name];
}

/** The colours that the tags of some markup use, and its sizes; a text that only looks like one is none. */
function usedTokens(inside: string, sizes: string): readonly Token[] {
  const used = new Set([...inside.matchAll(VARIABLE_IN_TAG), ...sizes.matchAll(VARIABLE)].map(([, name]) => name!));
  for (const name of used) literalColour(name, LIGHT);
  return (Object.keys(LIGHT) as Token[]).filter((token) => used.has(token));
}

/** The markup with literal colours instead of variables: librsvg knows no `var()`. */
function literalColours(markup: string, palette: Palette): string {
  return markup.replace(VARIABLE_IN_TAG, (_, name: string) => literalColour(name, palette));
}

function declarations(tokens: readonly Token[], palette: Palette): string {
  return `:root{${tokens.map((token) => `--${token}:${palette[token]}`).join(";")}}`;
}

// The font belongs on the root: a rule for `text` would undo every font-size attribute.
function rules(sizes: string): string {
  return `svg{font:${CHART_TEXT_PX}px ${FONT},"Source Sans 3",sans-serif}text{white-space:pre}${sizes}`;
}

/**
 * The style sheet of what stands inside an SVG: its font where it has text, its colours in light and dark; `screen and`
 * makes print light.
 */
export function styleElement(inside: string, sizes: string): string {
  const tokens = usedTokens(inside, sizes);
  const face = !inside.includes("<text")
    ? ""
    : `@font-face{font-family:${FONT};src:url(${chartFontUrl()}) format("woff2")}`;
  const dark = `@media screen and (prefers-color-scheme:dark){${declarations(tokens, DARK)}}`;
  return `<style>${face}${declarations(tokens, LIGHT)}${dark}${rules(sizes)}</style>`;
}

/** The SVG in one palette, with a style sheet that librsvg understands. */
export function inPalette(svg: string, palette: Palette): string {
  return inOneTheme(svg, palette).replace(FONT_FACE, "<style>");
}

/** The SVG with literal colours of one palette, and its font. */
export function inOneTheme(svg: string, palette: Palette): string {
  const style = (element: string) => {
    const face = FONT_FACE.exec(element)?.[0] ?? "<style>";
    const css = element.slice(element.indexOf("svg{"), -"</style>".length);
    return `${face}${css.replace(VARIABLE, (_, name: string) => literalColour(name, palette))}</style>`;
  };
  return literalColours(svg.replace(STYLE, style), palette);
}
