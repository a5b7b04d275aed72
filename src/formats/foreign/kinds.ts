import type { Foreign, Head } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";

interface Known {
  readonly what: string;
  readonly cure: string;
}

/** What a file is by bytes at a place of it, mostly its beginning. */
export interface KnownMagic extends Known {
  readonly at?: number;
  readonly magic: string | readonly number[];
}

/** What a file is by its first lines: all of these must fit one of them. */
export interface KnownLines extends Known {
  readonly lines: readonly RegExp[];
}

export function byMagic(id: string, list: readonly KnownMagic[]): Foreign {
  return { id, recognise: ({ bytes }) => knownOf(list.find((known) => hasMagic(bytes, known))) };
}

export function byLines(id: string, list: readonly KnownLines[]): Foreign {
  return {
    id,
    recognise: (head) => {
      const lines = headLines(head);
      return knownOf(list.find((known) => known.lines.every((shape) => lines.some((line) => shape.test(line)))));
    },
  };
}

/** The share of a file's first lines that fit, and how many. */
export function fitting(head: Head, shape: RegExp): { readonly share: number; readonly count: number } {
  const lines = headLines(head);
  const count = lines.filter((line) => shape.test(line)).length;
  return { share: lines.length === 0 ? 0 : count / lines.length, count };
}

function hasMagic(bytes: Uint8Array, { magic, at = 0 }: KnownMagic): boolean {
  const expected = typeof magic === "string" ? [...magic].map((letter) => letter.charCodeAt(0)) : magic;
  return expected.every((byte, i) => bytes[at + i] === byte);
}

function knownOf(known: Known | undefined): Known | null {
  return known === undefined ? null : { what: known.what, cure: known.cure };
}
