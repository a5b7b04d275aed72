import { readdirSync } from "node:fs";

/** Stands where bytes are no UTF-8. */
export const REPLACEMENT = "\uFFFD";

/** Names in a folder that are no UTF-8, by the text that they are read as: each as it is shown, with \xNN for such bytes. */
export function foreignNames(folder: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const bytes of readdirSync(folder, { encoding: "buffer" })) {
    const text = bytes.toString("utf8");
    if (!Buffer.from(text).equals(bytes)) names.set(text, shown(bytes));
  }
  return names;
}

/** Byte by byte where it has to be: what is UTF-8 stays readable. */
function shown(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((length) => isCharacter(bytes.subarray(at, at + length), length)) ?? 0;
    text += length === 0 ? `\\x${bytes[at]!.toString(16).padStart(2, "0")}` : bytes.toString("utf8", at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

function isCharacter(bytes: Buffer, length: number): boolean {
  const text = bytes.toString("utf8");
  return bytes.length === length && [...text].length === 1 && Buffer.from(text).equals(bytes);
}
