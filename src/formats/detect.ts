import type { Format, Head } from "../model/format.ts";
import { FORMATS } from "./index.ts";

/** Why a format does not recognise a file. */
interface Tried {
  readonly id: string;
  readonly reason: string;
}

/** The one format that recognises a file, or why none does. */
export type Detected =
  | { readonly format: Format; readonly reason: string }
  | { readonly format: null; readonly reason: string; readonly tried: readonly Tried[] };

/** Finds the format of a file by its content. Two formats that recognise the same bytes are a mistake in them. */
export function detect(head: Head, formats: readonly Format[] = FORMATS): Detected {
  const answers = formats.map((format) => ({ format, ...format.detect(head) }));
  const [found, ...others] = answers.filter(({ match }) => match);
  if (others.length > 0) {
    const ids = answers.filter(({ match }) => match).map(({ format }) => format.id);
    throw new Error(`${head.name} is recognised by ${ids.join(" and ")}, but detection must be exclusive`);
  }
  if (found !== undefined) return { format: found.format, reason: found.reason };
  const tried = answers.map(({ format, reason }) => ({ id: format.id, reason }));
  return { format: null, reason: reasonOfNone(head, tried), tried };
}

function reasonOfNone({ bytes }: Head, tried: readonly Tried[]): string {
  if (bytes.length === 0) return "the file is empty";
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) return "UTF-16 text; iconv -f UTF-16 -t UTF-8 makes it readable";
  return `no format recognises it (tried ${tried.map(({ id }) => id).join(", ")})`;
}
