import type { Foreign, Format, Head, ReadHints } from "../model/format.ts";
import { FOREIGN } from "./foreign/index.ts";
import { FORMATS } from "./index.ts";

/** So much tells text from what is binary. */
const SAMPLE_BYTES = 4096;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Why a format does not recognise a file. */
interface Tried {
  readonly id: string;
  readonly reason: string;
}

/** The one format that recognises a file, or why none does. */
export type Detected =
  | { readonly format: Format; readonly reason: string; readonly needs: readonly string[] }
  | { readonly format: null; readonly reason: string; readonly tried: readonly Tried[] };

interface Lists {
  readonly formats: readonly Format[];
  readonly foreign: readonly Foreign[];
}

/** Finds the format of a file by its content. Two formats recognise the same bytes only where traces of both were mixed. */
export function detect(
  head: Head,
  hints: ReadHints = {},
  { formats, foreign }: Lists = { formats: FORMATS, foreign: FOREIGN },
): Detected {
  if (hasOnlyCarriageReturns(head))
    return { format: null, reason: "its lines end in CR alone; tr '\\r' '\\n' makes it readable", tried: [] };
  const answers = formats.map((format) => ({ format, ...format.detect(head, hints) }));
  const tried = answers.map(({ format, reason }) => ({ id: format.id, reason }));
  const none = (reason: string): Detected => ({ format: null, reason, tried });
  if (hints.format !== undefined) {
    const named = answers.find(({ format }) => format.id === hints.format);
    if (named === undefined)
      return none(
        `its side file says "${hints.format}", and no format is called so; the formats are ${formats.map(({ id }) => id).join(", ")}`,
      );
    if (named.match || named.possible) return { format: named.format, reason: named.reason, needs: named.needs ?? [] };
    return none(`its side file says "${hints.format}", but ${named.reason}`);
  }
  const matches = answers.filter(({ match }) => match);
  if (matches.length > 1) return none(undecided(matches.map(({ format }) => format)));
  const [found] = matches;
  if (found !== undefined) return { format: found.format, reason: found.reason, needs: found.needs ?? [] };
  const possible = answers.filter((answer) => answer.possible);
  if (possible.length > 0)
    return none(possible.find(({ advice }) => advice)?.advice ?? undecided(possible.map(({ format }) => format)));
  return none(foreignReason(head, foreign) ?? answers.find(({ advice }) => advice)?.advice ?? reasonOfNone(head));
}

/** Text whose lines end as those of old Macs: everything would be one line. */
function hasOnlyCarriageReturns({ bytes }: Head): boolean {
  if (bytes.includes(LINE_FEED) || !bytes.includes(CARRIAGE_RETURN)) return false;
  return bytes.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}

function undecided(formats: readonly Format[]): string {
  const titles = formats.map(({ title }) => title).join(" or ");
  const keys = formats.map(({ id }) => `"read": { "format": "${id}" }`).join(" or ");
  return `it may be ${titles}, and its content cannot tell; say ${keys} in its side file`;
}

function foreignReason(head: Head, foreign: readonly Foreign[]): string | null {
  for (const { recognise } of foreign) {
    const known = recognise(head);
    if (known !== null) return `${known.what}; ${known.cure}`;
  }
  return null;
}

function reasonOfNone({ bytes }: Head): string {
  if (bytes.length === 0) return "the file is empty";
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) return "UTF-16 text; iconv -f UTF-16 -t UTF-8 makes it readable";
  if (new TextDecoder().decode(bytes).trim() === "") return "the file holds nothing but blanks";
  return `no format recognises it: it is ${isText(bytes) ? "text" : "binary"}, and the guide shows what traces look like`;
}

function isText(bytes: Uint8Array): boolean {
  const decoded = new TextDecoder().decode(bytes.subarray(0, SAMPLE_BYTES), { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  return !/[\u0000-\u0008\u000e-\u001a\ufffd]/.test(decoded);
}
