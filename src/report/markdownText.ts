const AS_ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "@": "&#64;",
  "\\": "&#92;",
};

/** A text that Markdown shows as it is: no markup, no mention, no second line. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>&@|~#]/g, (character) => AS_ENTITY[character] ?? `\\${character}`);
}
