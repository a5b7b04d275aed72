import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DARK, LIGHT, type Token } from "../theme/colours.ts";

/** The parts of the style sheet, in the order of their layers. */
const PARTS = ["sizes", "base", "layout", "parts", "matrix", "guide", "figures", "catalogue", "print"] as const;

/** assets/style.css: the theme's colours, then the style sheets of the templates. */
export function styleSheet(templates: string): string {
  const parts = PARTS.map((part) => readFileSync(join(templates, "styles", `${part}.css`), "utf8"));
  const layers = parts[0]!.match(/@layer [^;{]*;/)?.[0] ?? "";
  return [layers, colourRules(Object.keys(LIGHT) as Token[]), ...parts].map(plainCss).join("");
}

/** Custom properties for light, and for dark screens; paper stays light. */
function colourRules(tokens: readonly Token[]): string {
  const rule = (palette: Readonly<Record<Token, string>>) =>
    `:root{${tokens.map((token) => `--${token}:${palette[token]}`).join(";")}}`;
  return `${rule(LIGHT)}@media screen and (prefers-color-scheme:dark){${rule(DARK)}}\n`;
}

/** Without comments and indentation: nothing that could change the meaning. */
export function plainCss(css: string): string {
  return css
    .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, "")
    .replace(/\n\s*/g, "\n")
    .replace(/^\n+/, "");
}
