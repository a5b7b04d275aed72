import { UsageError, type Values } from "./command.ts";

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 };

/** A time of the command line in nanoseconds: "1.5s", "200ms", "30us"; a number alone is seconds. */
export function timeOption(values: Values, name: string, fallback: number): number {
  const value = values[name];
  if (value === undefined) return fallback;
  const [, digits, unit = "s"] = /^(\d+(?:\.\d+)?)\s*(\p{L}+)?$/u.exec(String(value)) ?? [];
  if (digits === undefined || !Object.hasOwn(UNITS, unit))
    throw new UsageError(`invalid --${name} "${String(value)}"; expected a time such as 1.5s, 200ms or 30us`);
  return Math.round(Number(digits) * UNITS[unit]!);
}
