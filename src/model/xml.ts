// What XML 1.0 cannot carry, even escaped: control characters, lone halves of surrogate pairs, two non-characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The text without the characters that XML cannot carry. */
export function legalXml(text: string): string {
  return text.replace(ILLEGAL, "");
}

/** The text as it stands in XML content or in a quoted attribute. */
export function escapeXml(text: string): string {
  return legalXml(text).replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
