import type { SlowEvent } from "../blktrace/slowPairs.ts";

/** A line of ftrace, trace-cmd or perf script; the name of the event decides what its payload means. */
const LINE =
  /^ *(.*?)[- ] *(\d+) +(?:\( *[\d-]+\) )?(?:\[\d+\]|\d+\S+)(?: +[^\s\d]\S*)? +(\d+)\.(\d+): +(?:\w+:)?(\w+): +(.*)$/;
const PRINTED = /^(\d+,\d+) ([A-Z]+) (?:\d+ )?(?:\(\) )?(\d+) \+ (\d+)/;
const FIELDS = /^dev=(\d+) sector=(\d+) nr_sector=(\d+) .*?rwbs=([A-Z]+)/;
const ACTIONS: Readonly<Record<string, string>> = {
  block_bio_queue: "Q",
  block_rq_issue: "D",
  block_rq_complete: "C",
};

/** Event text line by line, with the least of code. */
export function slowEventText(text: string): SlowEvent[] {
  let zeroSeconds: number | null = null;
  return text.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [, , pid, seconds, fraction, name, payload] = match;
    zeroSeconds ??= Number(seconds);
    const action = ACTIONS[name!];
    if (action === undefined) return [];
    const { device, letters, sector, sectors } = payloadOf(payload!);
    const passthrough = letters.startsWith("N") && sectors === 0;
    return passthrough
      ? []
      : [
          {
            action,
            device,
            timeNs: (Number(seconds) - zeroSeconds) * 1e9 + Number(fraction!.padEnd(9, "0")),
            pid: Number(pid),
            op: opOf(letters, sectors),
            sector,
            bytes: sectors * 512,
          },
        ];
  });
}

function payloadOf(payload: string): { device: string; letters: string; sector: number; sectors: number } {
  const fields = FIELDS.exec(payload);
  if (fields) {
    const [, number, sector, sectors, letters] = fields;
    const device = `${Number(number) >> 20},${Number(number) & 0xfffff}`;
    return { device, letters: letters!, sector: Number(sector), sectors: Number(sectors) };
  }
  const [, device, letters, sector, sectors] = PRINTED.exec(payload)!;
  return { device: device!, letters: letters!, sector: Number(sector), sectors: Number(sectors) };
}

function opOf(letters: string, sectors: number): string {
  if (sectors === 0) return letters.startsWith("F") ? "flush" : "nothing";
  const op = letters.replace(/^F/, "")[0];
  return { R: "read", W: "write", D: "discard", N: "writeZeroes" }[op!]!;
}
