import type { SlowEvent } from "../../formats/blktrace/slowPairs.ts";

/** A bio on its way, in sectors and nanoseconds. */
interface Bio {
  readonly start: number;
  end: number;
  readonly Q: number;
  G?: number;
  I?: number;
  M?: number;
  D?: number;
  C?: number;
}

interface Request {
  readonly start: number;
  readonly end: number;
  readonly bios: readonly Bio[];
}

/**
 * The bios of a device by the plainest means: every event looks through all bios of its device, oldest first.
 * It pairs by start and length, and follows both halves of a bio that was split.
 */
export function slowBios(events: readonly SlowEvent[]): Bio[] {
  const bios: Bio[] = [];
  const open: Request[] = [];
  for (const { action, op, sector: start, bytes, timeNs } of events) {
    if (op === "nothing" || op === "flush") continue;
    const end = start + bytes / 512;
    const fresh = bios.find((bio) => bio.start === start && bio.end === end && !("G" in bio) && !("M" in bio));
    if (action === "Q") bios.push({ start, end, Q: timeNs });
    else if (action === "X") split(bios, start, end);
    else if (action === "G" && fresh) fresh.G = timeNs;
    else if ((action === "M" || action === "F") && fresh) fresh.M = timeNs;
    else if (action === "I") for (const bio of inOrder(bios, start, end, (bio) => !("I" in bio))) insert(bio, timeNs);
    else if (action === "D") open.push({ start, end, bios: inOrder(bios, start, end, (bio) => !("D" in bio)) });
    if (action === "D") for (const bio of open.at(-1)!.bios) bio.D = timeNs;
    if (action !== "C") continue;
    const done = open.findIndex((request) => request.start === start && request.end === end);
    if (done >= 0) for (const bio of open.splice(done, 1)[0]!.bios) bio.C = timeNs;
  }
  return bios;
}

function insert(bio: Bio, timeNs: number): void {
  if (!("M" in bio)) bio.I = timeNs;
}

/** X tells the first part. */
function split(bios: Bio[], start: number, cut: number): void {
  const bio = bios.find((other) => other.start === start && other.end > cut && !("G" in other) && !("M" in other));
  if (!bio) throw new Error(`nothing to split at ${start}`);
  bios.push({ start: cut, end: bio.end, Q: bio.Q });
  bio.end = cut;
}

/** Those that fill a range one after the other. */
function inOrder(bios: readonly Bio[], start: number, end: number, isFree: (bio: Bio) => boolean): Bio[] {
  const found: Bio[] = [];
  for (let at = start; at < end; ) {
    const next = bios.find((bio) => bio.start === at && bio.end <= end && isFree(bio) && !("D" in bio));
    if (!next) break;
    found.push(next);
    at = next.end;
  }
  return found;
}

/** The durations of each phase, ascending. */
export function slowPhases(bios: readonly Bio[]): Record<string, number[]> {
  const done = bios.filter((bio) => bio.C !== undefined);
  const between = (from: "Q" | "G" | "I" | "M" | "D", to: "G" | "I" | "M" | "D" | "C"): number[] =>
    done
      .flatMap((bio) => (bio[from] === undefined || bio[to] === undefined ? [] : [bio[to] - bio[from]]))
      .sort((a, b) => a - b);
  return {
    q2g: between("Q", "G"),
    g2i: between("G", "I"),
    q2m: between("Q", "M"),
    i2d: between("I", "D"),
    m2d: between("M", "D"),
    q2d: between("Q", "D"),
    d2c: between("D", "C"),
    q2c: between("Q", "C"),
  };
}
