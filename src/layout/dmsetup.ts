import { TraceError } from "../model/errors.ts";
import { SECTOR_BYTES } from "../model/units.ts";

/** A line of `dmsetup table`. */
export interface MappedSegment {
  /** "VG-LV". */
  readonly name: string;
  readonly fromBytes: number;
  readonly bytes: number;
  /** linear, striped, crypt … */
  readonly target: string;
  /** "254:1" and where it begins there; null where the target is not linear. */
  readonly below: { readonly number: string; readonly fromBytes: number } | null;
}

export function parseDmsetupTable(text: string, file: string): readonly MappedSegment[] {
  return text.split("\n").flatMap((line, i): MappedSegment[] => {
    if (line.trim() === "" || /^No devices found/.test(line)) return [];
    const [, name, from, sectors, target, rest] = /^(\S+): (\d+) (\d+) (\S+)(?: (.*))?$/.exec(line) ?? [];
    if (name === undefined)
      throw new TraceError({ file, line: i + 1 }, "invalid", "line", "write the file with dmsetup table");
    const [, number, to] = (target === "linear" ? /^(\d+:\d+) (\d+)$/.exec(rest ?? "") : null) ?? [];
    return [
      {
        name,
        fromBytes: Number(from) * SECTOR_BYTES,
        bytes: Number(sectors) * SECTOR_BYTES,
        target: target!,
        below: number === undefined ? null : { number, fromBytes: Number(to) * SECTOR_BYTES },
      },
    ];
  });
}
