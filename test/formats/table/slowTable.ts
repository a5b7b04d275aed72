import type { ReadHints } from "../../../src/model/format.ts";

/** A request as a table says it, read by splitting strings and with exact integers. */
export interface SlowRequest {
  readonly op: string;
  readonly device: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly timeNs: bigint;
  readonly latencyNs: bigint | null;
}

export interface SlowCollection {
  readonly id: string;
  readonly hints: ReadHints;
  /** Writes the line of the n-th request. */
  write(n: Seed): string;
  /** Reads a line in its own way. */
  read(fields: readonly string[], hints: ReadHints): SlowRequest;
}

/** What the lines of all collections are made of. */
export interface Seed {
  readonly tick: number;
  readonly device: number;
  readonly isRead: boolean;
  readonly block: number;
  readonly blocks: number;
  readonly latency: number;
}

/** Nanoseconds of seconds. */
function decimalNs(text: string): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole!) * 10n ** 9n + BigInt(fraction.padEnd(9, "0"));
}

const nine = (n: number) => String(n).padStart(9, "0");

/** The published collections, each with a writer and a reader that share nothing with the program's. */
export const COLLECTIONS: readonly SlowCollection[] = [
  {
    id: "msr",
    hints: {},
    write: ({ tick, device, isRead, block, blocks, latency }) =>
      `${128166372003061629n + BigInt(tick)},host,${device},${isRead ? "Read" : "Write"},${block * 512},${blocks * 512},${latency}`,
    read: ([time, host, disk, type, offset, size, response]) => ({
      op: type!.toLowerCase(),
      device: `${host}_${disk}`,
      offsetBytes: Number(offset),
      lengthBytes: Number(size),
      timeNs: BigInt(time!) * 100n,
      latencyNs: BigInt(response!) * 100n,
    }),
  },
  {
    id: "spc",
    hints: { units: { offsetBytes: 1024 } },
    write: ({ tick, device, isRead, block, blocks }) =>
      `${device},${block},${blocks * 100},${isRead ? "r" : "W"},${Math.floor(tick / 1e6)}.${String(tick % 1e6).padStart(6, "0")}`,
    read: ([asu, lba, size, opcode, time], hints) => ({
      op: /r/i.test(opcode!) ? "read" : "write",
      device: `ASU ${asu}`,
      offsetBytes: Number(lba) * hints.units!.offsetBytes!,
      lengthBytes: Number(size),
      timeNs: decimalNs(time!),
      latencyNs: null,
    }),
  },
  {
    id: "alibaba",
    hints: {},
    write: ({ tick, device, isRead, block, blocks }) =>
      `${device},${isRead ? "R" : "W"},${block * 512},${blocks * 512},${1577808000000046 + tick}`,
    read: ([device, opcode, offset, length, time]) => ({
      op: opcode === "R" ? "read" : "write",
      device: device!,
      offsetBytes: Number(offset),
      lengthBytes: Number(length),
      timeNs: BigInt(time!) * 1000n,
      latencyNs: null,
    }),
  },
  {
    id: "tencentCbs",
    hints: {},
    write: ({ tick, device, isRead, block, blocks }) =>
      `${1538323200 + Math.floor(tick / 1e6)},${block},${blocks},${isRead ? 0 : 1},${device}`,
    read: ([time, offset, size, type, volume]) => ({
      op: type === "0" ? "read" : "write",
      device: volume!,
      offsetBytes: Number(offset) * 512,
      lengthBytes: Number(size) * 512,
      timeNs: BigInt(time!) * 10n ** 9n,
      latencyNs: null,
    }),
  },
  {
    id: "systor17",
    hints: {},
    write: ({ tick, device, isRead, block, blocks, latency }) =>
      latency % 10 === 0
        ? `${1456095145 + Math.floor(tick / 1e6)}.${nine((tick % 1e6) * 1000)},,,${device},${block * 512},${blocks * 512}`
        : `${1456095145 + Math.floor(tick / 1e6)}.${nine((tick % 1e6) * 1000)},0.${nine(latency * 1000)},${isRead ? "R" : "W"},${device},${block * 512},${blocks * 512}`,
    read: ([time, response, type, lun, offset, size]) => ({
      op: type === "R" ? "read" : type === "W" ? "write" : "other",
      device: `LUN${lun}`,
      offsetBytes: Number(offset),
      lengthBytes: Number(size),
      timeNs: decimalNs(time!),
      latencyNs: response === "" ? null : decimalNs(response!),
    }),
  },
  {
    id: "fiu",
    hints: {},
    write: ({ tick, device, isRead, block, blocks }) =>
      `${89968195792462 + tick} ${100 + device} gzip ${block} ${blocks} ${isRead ? "R" : "W"} 6 ${device} 56f11b711d91a065a2b6458eca924523`,
    read: ([time, , , lba, size, op, major, minor]) => ({
      op: op === "R" ? "read" : "write",
      device: `${major},${minor}`,
      offsetBytes: Number(lba) * 512,
      lengthBytes: Number(size) * 512,
      timeNs: BigInt(time!),
      latencyNs: null,
    }),
  },
  {
    id: "mqsim",
    hints: { format: "mqsim", units: { time: "us" } },
    write: ({ tick, device, isRead, block, blocks }) => `${tick} ${device} ${block} ${blocks} ${isRead ? 1 : 0}`,
    read: ([time, device, lba, size, type], hints) => ({
      op: type === "1" ? "read" : "write",
      device: device!,
      offsetBytes: Number(lba) * 512,
      lengthBytes: Number(size) * 512,
      timeNs: BigInt(time!) * (hints.units!.time === "us" ? 1000n : 1n),
      latencyNs: null,
    }),
  },
  {
    id: "cloudPhysicsCsv",
    hints: { format: "cloudPhysicsCsv" },
    write: ({ tick, isRead, block, blocks }) =>
      `1,${33898 + Math.floor(tick / 1e6)},${isRead ? "28" : "2a"},${blocks * 512},${block}`,
    read: ([, time, op, size, lbn]) => ({
      op: op === "28" ? "read" : "write",
      device: "disk",
      offsetBytes: Number(lbn) * 512,
      lengthBytes: Number(size),
      timeNs: BigInt(time!) * 10n ** 9n,
      latencyNs: null,
    }),
  },
];
