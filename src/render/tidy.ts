import { shortPath } from "./shortPath.ts";
import { shortNumber, shortNumbers } from "./tenths.ts";

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
const NO_PAINT = new Set(["none", "transparent"]);

/** Where reading stands in a well-formed text as Vega writes it: `<`, `>` and `"` in values are escaped, no comments. */
interface Reader {
  readonly text: string;
  at: number;
  /** What the attributes were made to, where they came before: charts repeat paths and places. */
  readonly known: Map<string, string>;
}

/** The inside of an SVG that Vega wrote, drawn the same with a half to a third of the bytes. */
export function tidy(svg: string): string {
  const reader: Reader = { text: svg, at: svg.indexOf(">") + 1, known: new Map() };
  const inside = tidyChildren(reader);
  if (reader.at !== svg.length) throw new Error("the markup is not well-formed");
  return inside;
}

/** Up to and with the end of the element that they stand in. */
function tidyChildren(reader: Reader): string {
  const { text } = reader;
  let children = "";
  while (true) {
    const tag = text.indexOf("<", reader.at);
    if (tag < 0) throw new Error("the markup is not well-formed");
    children += text.slice(reader.at, tag);
    reader.at = tag;
    if (text[tag + 1] !== "/") children += tidyElement(reader);
    else {
      reader.at = text.indexOf(">", tag) + 1;
      return children;
    }
  }
}

function tidyElement(reader: Reader): string {
  const { text, at: start } = reader;
  const end = text.indexOf(">", start);
  const isEmpty = text[end - 1] === "/";
  const { name, attributes, isInvisible } = readTag(reader, isEmpty ? end - 1 : end);
  reader.at = end + 1;
  const children = isEmpty ? "" : tidyChildren(reader);
  if (isInvisible || (children === "" && (name === "g" || name === "text"))) return "";
  if (name === "g" && attributes === "") return children;
  return children === "" ? `<${name}${attributes}/>` : `<${name}${attributes}>${children}</${name}>`;
}

interface Tag {
  readonly name: string;
  /** As they are to be written. */
  readonly attributes: string;
  readonly isInvisible: boolean;
}

/** What stands between the reader and the end of the tag. */
function readTag(reader: Reader, end: number): Tag {
  const { text, at: start } = reader;
  let at = endOfName(text, start + 1, end);
  const name = text.slice(start + 1, at);
  let attributes = "";
  let layer = "";
  let isShown = true;
  let isPainted = false;
  while (at < end) {
    const equals = text.indexOf("=", at);
    const closing = text.indexOf('"', equals + 2);
    const attribute = text.slice(at + 1, equals);
    const value = text.slice(equals + 2, closing);
    at = closing + 1;
    if (attribute === "class") layer = value;
    else if (attribute === "display") isShown = value !== "none";
    else if (attribute === "fill" || attribute === "stroke") isPainted ||= !NO_PAINT.has(value);
    attributes += tidyAttribute(reader, attribute, value);
  }
  // Vega gives every group a background and a foreground path, mostly without any paint.
  const isInvisible = !isShown || (!isPainted && (layer === "background" || layer === "foreground"));
  return { name, attributes, isInvisible };
}

function endOfName(text: string, start: number, end: number): number {
  const space = text.indexOf(" ", start);
  return space < 0 || space > end ? end : space;
}

function tidyAttribute({ known }: Reader, name: string, value: string): string {
  const written = ` ${name}="${value}"`;
  let short = known.get(written);
  if (short === undefined) {
    short = shortAttribute(name, value, written);
    known.set(written, short);
  }
  return short;
}

/** Empty: it says nothing. */
function shortAttribute(name: string, value: string, written: string): string {
  if (DROPPED.test(name) || (name === "font-weight" && value === "normal")) return "";
  const short = shortValue(name, value);
  if (short === DEFAULTS[name]) return "";
  return short === value ? written : ` ${name}="${short}"`;
}

function shortValue(name: string, value: string): string {
  if (name === "d") return shortPath(value);
  if (name === "transform") return shortNumbers(value);
  return LENGTHS.has(name) && value !== "" && !Number.isNaN(Number(value)) ? shortNumber(Number(value)) : value;
}
