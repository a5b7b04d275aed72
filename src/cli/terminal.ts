import { escaped } from "../model/readable.ts";

/**
 * One line for a terminal: what it would obey (control and bidirectional characters, line breaks) as JSON writes it.
 * What isolates a text from right to left is for pages, and left out.
 */
export function plain(text: string): string {
  return (
    text
      .replace(/\u2068([^\u2066-\u2069]*)\u2069/g, "$1")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is shown instead
      .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped)
  );
}

export function writeLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${plain(text)}\n`);
}
