import { UsageError } from "./command.ts";

const UNITS = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 } as const;

/** A size as people write it: 512, 10M, 1G; the units are powers of two. */
export function sizeOption(name: string, text: string): number {
  const [, digits, unit = ""] = /^(\d+)([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * UNITS[unit.toUpperCase() as keyof typeof UNITS];
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    throw new UsageError(`invalid --${name} "${text}"; expected a size such as 10M or 1G`);
  return bytes;
}
