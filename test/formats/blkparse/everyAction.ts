import { ascii, remapFrom, splitAt, type Written, writeTrace } from "../blktrace/writeTrace.ts";

const names: readonly Written[] = [
  { notify: 0, pid: 7, payload: ascii("fio\0") },
  { notify: 0, pid: 8, payload: ascii("a [b] (c)\0") },
];

/** Every action that blkparse 1.2 prints, and what is rare: it made test/golden/formats/blkparse-every-action of them. */
const events: readonly Written[] = [
  { action: "Q", is: "RAM", pid: 8, sector: 1000, bytes: 4096 },
  { action: "G", is: "RAM", pid: 8, sector: 1000, bytes: 4096 },
  { actionNumber: 5, is: "R", pid: 7, sector: 1008, bytes: 4096 },
  { action: "P", pid: 8 },
  { action: "Q", is: "R", pid: 7, sector: 1008, bytes: 4096 },
  { action: "M", is: "R", pid: 7, sector: 1008, bytes: 4096 },
  { action: "Q", is: "R", pid: 7, sector: 992, bytes: 4096 },
  { action: "F", is: "R", pid: 7, sector: 992, bytes: 4096 },
  { actionNumber: 10, pid: 7, payload: splitAt(1) },
  { actionNumber: 11, pid: 7, payload: splitAt(1) },
  { action: "I", is: "R", pid: 7, sector: 992, bytes: 12288 },
  { action: "D", is: "R", pid: 7, sector: 992, bytes: 12288 },
  { action: "R", is: "R", sector: 992, bytes: 12288 },
  { action: "D", is: "R", pid: 7, sector: 992, bytes: 12288 },
  { action: "C", is: "R", sector: 992, bytes: 4096 },
  { action: "C", is: "R", sector: 1000, bytes: 8192, error: 0x10000 - 5 },
  { notify: 2, payload: ascii("begin writes") },
  { action: "A", is: "WFS", pid: 7, sector: 4096, bytes: 8192, payload: remap(2048) },
  { action: "Q", is: "WFUS", pid: 7, sector: 4096, bytes: 8192 },
  { action: "X", is: "WFUS", pid: 7, sector: 4096, bytes: 4096, payload: splitAt(4104) },
  { action: "G", is: "WFUS", pid: 7, sector: 4096, bytes: 4096 },
  { action: "D", is: "WS", pid: 7, sector: 4096, bytes: 4096 },
  { action: "D", is: "WS", pid: 7, sector: 4104, bytes: 4096 },
  { action: "C", is: "WS", sector: 4096, bytes: 4096 },
  { action: "C", is: "WS", sector: 4104, bytes: 4096 },
  { notify: 2, payload: ascii("end writes") },
  { actionNumber: 14, is: "R", pid: 7, sector: 64, bytes: 512 },
  { action: "Q", is: "WF", pid: 7 },
  { action: "D", is: "F", pid: 7 },
  { action: "C", is: "F", sector: 2n ** 64n - 1n },
  { action: "C", is: "WS", sector: 4096 },
  { action: "Q", is: "DS", pid: 9, sector: 8192, bytes: 1 << 20 },
  { action: "D", is: "DS", pid: 9, sector: 8192, bytes: 1 << 20 },
  { action: "C", is: "DS", sector: 8192, bytes: 1 << 20 },
  { action: "G", is: "Rp", pid: 8, bytes: 36 },
  { action: "I", is: "Rp", pid: 8, bytes: 36, payload: Uint8Array.of(0x12, 0, 0, 0, 36, 0) },
  { action: "D", is: "Rp", pid: 8, bytes: 36, payload: Uint8Array.of(0x12, 0, 0, 0, 36, 0) },
  { action: "C", is: "Rp", payload: Uint8Array.of(0x12, 0, 0, 0, 36, 0) },
  { action: "D", is: "p", pid: 8 },
  { action: "C", is: "p", error: 0x10000 - 5 },
  { action: "D", is: "Wp", pid: 8, bytes: 512 },
  { action: "R", is: "Wp", bytes: 512 },
  // Beyond 2 TiB: blkparse prints the low 32 bits of where the bio is cut.
  { action: "Q", is: "W", pid: 7, sector: 2 ** 33 - 8, bytes: 8192 },
  { action: "X", is: "W", pid: 7, sector: 2 ** 33 - 8, bytes: 4096, payload: splitAt(2 ** 33) },
  { action: "D", is: "W", pid: 7, sector: 2 ** 33 - 8, bytes: 4096 },
  { action: "D", is: "W", pid: 7, sector: 2 ** 33, bytes: 4096 },
  { action: "C", is: "W", sector: 2 ** 33 - 8, bytes: 4096 },
  { action: "C", is: "W", sector: 2 ** 33, bytes: 4096 },
];

/** Of another disk, which numbers its records itself; nobody named process 9. */
const eventsOfOtherDisk: readonly Written[] = [
  { action: "Q", is: "R", pid: 9, sector: 8, bytes: 4096 },
  { action: "D", is: "R", pid: 9, sector: 8, bytes: 4096 },
  { action: "C", is: "R", sector: 8, bytes: 4096 },
];

/** The two disks' files as blktrace writes them; an event each 1.5 s, so that seconds get digits too. */
export function everyAction(): { readonly sda: Uint8Array; readonly sdb: Uint8Array } {
  const first = 20_000_000_000;
  const timed = (records: readonly Written[]): Written[] => {
    let sequence = 0;
    return records.map((record, i) => {
      if (record.notify === undefined) sequence++;
      return { sequence, timeNs: first + i * 1_500_000_007, ...record };
    });
  };
  return {
    sda: writeTrace([...names.map((name) => ({ ...name, timeNs: first })), ...timed(events)]),
    sdb: writeTrace(timed(eventsOfOtherDisk).map((record) => ({ ...record, minor: 16 }))),
  };
}

/** The payload of a remap from 8,1 to 8,0. */
function remap(sector: number): Uint8Array {
  const payload = remapFrom(8, 1, sector);
  new DataView(payload.buffer).setUint32(4, 8 * 2 ** 20);
  return payload;
}
