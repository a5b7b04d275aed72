import { readableText } from "../model/readable.ts";

const AS_ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "@": "&#64;&#8203;",
  "\\": "&#92;",
};

/**
 * A text that Markdown shows as it is: no markup, no mention, no second line. GitHub makes links of bare addresses and
 * mentions of decoded entities: a space without width stops both.
 */
export function markdownText(text: string): string {
  return readableText(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>&@|~#]/g, (character) => AS_ENTITY[character] ?? `\\${character}`)
    .replace(/:(?=\/\/)|www(?=\.)/gi, "$&&#8203;");
}
