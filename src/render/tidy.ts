import { type Element, parseMarkup, writeMarkup } from "./markup.ts";
import { shortNumber, shortNumbers, shortPath } from "./shortPath.ts";

/** What says nothing here: the frame sets the font, and the figure carries the alternative text. */
const DROPPED = /^(class|role|aria-.*|pointer-events|font-family|display|version|xmlns.*)$/;
/** What each attribute is without being written. */
const DEFAULTS: Readonly<Record<string, string>> = {
  "font-size": "12px",
  "font-weight": "400",
  "stroke-miterlimit": "4",
  opacity: "1",
  "fill-opacity": "1",
  "stroke-opacity": "1",
  "stroke-width": "1",
  transform: "translate(0,0)",
  "text-anchor": "start",
};
const LENGTHS = new Set(["x", "y", "x1", "y1", "x2", "y2", "width", "height", "r", "cx", "cy", "dy", "stroke-width"]);

/** The inside of an SVG that Vega wrote, drawn the same with a half to a third of the bytes. */
export function tidy(svg: string): string {
  return tidyChildren(parseMarkup(svg)).map(writeMarkup).join("");
}

function tidyChildren(element: Element): (Element | string)[] {
  return element.children.flatMap((child) => (typeof child === "string" ? child : tidyElement(child)));
}

function tidyElement(element: Element): readonly (Element | string)[] {
  if (isInvisible(element)) return [];
  const children = tidyChildren(element);
  const attributes = tidyAttributes(element.attributes);
  if ((element.name === "g" || element.name === "text") && children.length === 0) return [];
  if (element.name === "g" && attributes.size === 0) return children;
  return [{ name: element.name, attributes, children }];
}

/** Vega gives every group a background and a foreground path, mostly without any paint. */
function isInvisible({ attributes }: Element): boolean {
  if (attributes.get("display") === "none") return true;
  const layer = attributes.get("class");
  return (layer === "background" || layer === "foreground") && !isPainted(attributes);
}

function isPainted(attributes: Map<string, string>): boolean {
  return ["fill", "stroke"].some((paint) => !["none", "transparent"].includes(attributes.get(paint) ?? "none"));
}

function tidyAttributes(attributes: Map<string, string>): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (DROPPED.test(name) || (name === "font-weight" && value === "normal")) continue;
    const short = tidyValue(name, value);
    if (short !== DEFAULTS[name]) kept.set(name, short);
  }
  return kept;
}

function tidyValue(name: string, value: string): string {
  if (name === "d") return shortPath(value);
  if (name === "transform") return shortNumbers(value);
  return LENGTHS.has(name) && value !== "" && !Number.isNaN(Number(value)) ? shortNumber(Number(value)) : value;
}
