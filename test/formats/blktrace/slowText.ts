import type { SlowEvent } from "./slowPairs.ts";

const LINE =
  /^ *(\d+), *(\d+) +(\d+) +(\d+) +(\d+)\.(\d{9}) +(\d+) +([A-Z]+) +([A-Z]+)(?: +(\d+))?(?: \+ (\d+))?(?: .*)?$/;

/** blkparse's default text, line by line, with the least of code. */
export function slowText(text: string): SlowEvent[] {
  return text.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [, major, minor, , , seconds, nanos, pid, action, rwbs, sector, sectors] = match;
    const bytes = Number(sectors ?? 0) * 512;
    const passthrough = rwbs !== undefined && !rwbs.includes("N") && action === "D" && sectors === undefined;
    if (passthrough) return [];
    return [
      {
        action: action!,
        device: `${major},${minor}`,
        timeNs: Number(seconds) * 1e9 + Number(nanos),
        pid: Number(pid),
        op: opOf(rwbs!, bytes),
        sector: Number(sector ?? 0),
        bytes,
      },
    ];
  });
}

function opOf(rwbs: string, bytes: number): string {
  if (bytes === 0) return rwbs.startsWith("F") ? "flush" : "nothing";
  const letter = rwbs.replace(/^F/, "")[0];
  return letter === "D" ? "discard" : letter === "W" ? "write" : "read";
}
