import { WORK } from "./plan.ts";

const SAFE = /^[\w@%+=:,./-]+$/;

/** A word as a shell reads it; the private folder is its variable `work`. */
export function shellWord(word: string): string {
  if (word.includes(WORK)) return `"${escaped(word)}"`;
  return SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function shellCommand(argv: readonly string[]): string {
  return argv.map(shellWord).join(" ");
}

/** cat > PATH with its text below. */
export function hereDocument(path: string, text: string): string {
  const [mark, body] = text.includes(WORK) ? ["EOF", escapedText(text)] : ["'EOF'", text];
  return `cat > ${shellWord(path)} <<${mark}\n${body}EOF`;
}

function escaped(text: string): string {
  return withVariable(text.replace(/["\\$`]/g, "\\$&"));
}

/** In a here-document quotes mean nothing. */
function escapedText(text: string): string {
  return withVariable(text.replace(/[\\$`]/g, "\\$&"));
}

function withVariable(text: string): string {
  return text.replaceAll(WORK, "$work");
}
