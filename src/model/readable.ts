/** What a terminal or a text renderer obeys, what stands for no character, and what nobody can see. */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is shown instead
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/gu;
const LINE_ENDS = /\r\n?/g;
/** No script needs more marks on a letter; heaps of them cover what stands around. */
const HEAP_OF_MARKS = /(\p{Mark}{8})\p{Mark}+/gu;
/** Letters that are written from right to left: they draw digits and signs beside them into their order. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ISOLATED = /(\u2068[^\u2066-\u2069]*\u2069)/;
const PLAIN = /^[\t\n\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u202f]*$/;

/** As JSON writes it. */
export function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  return short.length > 1 ? short : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * A text of a trace as people may be shown it, wherever it stands: it changes nothing but itself. What would be obeyed is
 * escaped, as JSON writes it; what is written from right to left is isolated; a text that is cut ends in three dots. Of
 * what it gave it gives the same.
 */
export function readableText(text: string, mostCharacters = Number.POSITIVE_INFINITY): string {
  const shown = PLAIN.test(text) ? text : text.split(ISOLATED).map(readablePiece).join("");
  return shown.length <= mostCharacters ? shown : cut(shown, mostCharacters);
}

function readablePiece(piece: string, i: number): string {
  if (i % 2 === 1) return `\u2068${unobeyed(piece.slice(1, -1))}\u2069`;
  const shown = unobeyed(piece);
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

function unobeyed(text: string): string {
  return text.replace(LINE_ENDS, "\n").replace(OBEYED, escaped).replace(HEAP_OF_MARKS, "$1…");
}

function cut(shown: string, mostCharacters: number): string {
  const kept = shown.slice(0, mostCharacters - 2).replace(/[\ud800-\udbff]$/, "");
  const isOpen = kept.lastIndexOf("\u2068") > kept.lastIndexOf("\u2069");
  return `${kept}…${isOpen ? "\u2069" : ""}`;
}

/** The same with every text in it readable; the keys of objects stay. */
export function readable<T>(value: T, mostCharacters?: number): T {
  if (typeof value === "string") return readableText(value, mostCharacters) as T;
  return (isObject(value) ? readableObject(value, mostCharacters) : value) as T;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function readableObject(value: object, mostCharacters?: number): object {
  if (Array.isArray(value))
    return typeof value[0] === "number" ? value : value.map((inside) => readable(inside, mostCharacters));
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, readable(inside, mostCharacters)]));
}
