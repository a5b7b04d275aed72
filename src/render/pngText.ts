/** A text in a PNG. */
export interface PngText {
  /** 1 to 79 Latin letters. */
  readonly keyword: string;
  readonly text: string;
}

/** The content of an iTXt chunk (PNG 3rd edition, 11.3.3.4): keyword, neither compressed nor translated, text as UTF-8. */
export function internationalText({ keyword, text }: PngText): Buffer {
  return Buffer.concat([
    Buffer.from(keyword, "latin1"),
    Buffer.from([0, 0, 0, 0, 0]),
    Buffer.from(text.replaceAll("\0", ""), "utf8"),
  ]);
}
