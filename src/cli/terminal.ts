/** One line for a terminal: what it would obey (control and bidirectional characters, line breaks) as JSON writes it. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is shown instead
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  return short.length > 1 ? short : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

export function writeLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${plain(text)}\n`);
}
