import type { SlowEvent } from "./slowPairs.ts";

const LETTERS = " QMFGSRDCPUTIXBA";

/** Little-endian records of version 7, of all files, in order of time; times count from the first I/O record. */
export function slowBinary(files: readonly Uint8Array[]): SlowEvent[] {
  const events = files.flatMap(eventsOf).sort((a, b) => a.timeNs - b.timeNs);
  const zero = events[0]?.timeNs ?? 0;
  return events.map((event) => ({ ...event, timeNs: event.timeNs - zero }));
}

function eventsOf(bytes: Uint8Array): SlowEvent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const events: SlowEvent[] = [];
  for (let at = 0; at + 48 <= bytes.length; at += 48 + view.getUint16(at + 46, true)) {
    const action = view.getUint32(at + 28, true);
    const category = action >>> 16;
    if (category & 0x400 || category & 0x200) continue;
    const device = view.getUint32(at + 36, true);
    const length = view.getUint32(at + 24, true);
    events.push({
      action: LETTERS[action & 0xff] ?? "?",
      device: `${device >>> 20},${device & 0xfffff}`,
      timeNs: Number(view.getBigUint64(at + 8, true)),
      pid: view.getUint32(at + 32, true),
      op: opOf(category, length),
      sector: Number(view.getBigUint64(at + 16, true)),
      bytes: length,
    });
  }
  return events;
}

function opOf(category: number, bytes: number): string {
  if (bytes === 0) return category & 4 ? "flush" : "nothing";
  return category & 0x2000 ? "discard" : category & 2 ? "write" : "read";
}
