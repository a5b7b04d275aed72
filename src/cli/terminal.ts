/** Text from a trace without what a terminal would obey: control, bidirectional and escape characters. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

export function writeLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${plain(text)}\n`);
}
