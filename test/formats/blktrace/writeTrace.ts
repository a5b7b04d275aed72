/** A record to be written; what is left out is 0. */
export interface Written {
  readonly action?: keyof typeof ACTIONS;
  /** A number instead of a letter, for actions that are none. */
  readonly actionNumber?: number;
  /** Letters of `CATEGORIES`. */
  readonly is?: string;
  readonly notify?: 0 | 1 | 2;
  readonly timeNs?: bigint | number;
  readonly sequence?: number;
  readonly sector?: bigint | number;
  readonly bytes?: number;
  readonly pid?: number;
  readonly major?: number;
  readonly minor?: number;
  readonly cpu?: number;
  readonly error?: number;
  readonly cgroup?: bigint;
  readonly payload?: Uint8Array;
}

export interface Shape {
  readonly version?: number;
  readonly bigEndian?: boolean;
}

const ACTIONS = { Q: 1, M: 2, F: 3, G: 4, R: 6, D: 7, C: 8, P: 9, I: 12, X: 13, A: 15 } as const;
const OWN_CATEGORY: Partial<Record<keyof typeof ACTIONS, number>> = { R: 5, D: 6, C: 7, X: -1 };
/** Bits of the categories; the small letters are version 8's. */
const CATEGORIES: Record<string, number> = {
  R: 0,
  W: 1,
  F: 2,
  S: 3,
  p: 9,
  A: 11,
  M: 12,
  D: 13,
  U: 15,
  a: 16,
  r: 17,
  l: 18,
  f: 19,
  o: 20,
  c: 21,
  z: 22,
};

/** The bytes of a trace file, written field by field. */
export function writeTrace(records: readonly Written[], shape: Shape = {}): Uint8Array {
  return joined(records.map((record, i) => oneRecord({ sequence: i + 1, ...record }, shape)));
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The payload of a remap from a place of another device. */
export function remapFrom(major: number, minor: number, sector: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint32(0, major * 2 ** 20 + minor);
  view.setBigUint64(8, BigInt(sector));
  return new Uint8Array(view.buffer);
}

/** The payload of a split: where the second part begins. */
export function splitAt(sector: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(sector));
  return new Uint8Array(view.buffer);
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function oneRecord(record: Written, { version = 7, bigEndian = false }: Shape): Uint8Array {
  const payload = record.payload ?? new Uint8Array(0);
  const cgroupBytes = record.cgroup === undefined ? 0 : 8;
  const headerBytes = version === 8 ? 64 : 48;
  const view = new DataView(new ArrayBuffer(headerBytes + cgroupBytes + payload.length));
  const little = !bigEndian;
  const u32 = (at: number, value: number) => view.setUint32(at, value, little);
  const u64 = (at: number, value: bigint | number) => view.setBigUint64(at, BigInt(value), little);
  u32(0, 0x65617400 + version);
  u32(4, record.notify === undefined ? (record.sequence ?? 0) : 0);
  u64(8, record.timeNs ?? 0);
  u64(16, record.sector ?? 0);
  u32(24, record.bytes ?? 0);
  const action = actionOf(record);
  if (version === 8) {
    u32(28, record.pid ?? 0);
    u64(32, action);
  } else {
    u32(28, Number(action));
    u32(32, record.pid ?? 0);
  }
  const rest = version === 8 ? 40 : 36;
  u32(rest, (record.major ?? 8) * 2 ** 20 + (record.minor ?? 0));
  u32(rest + 4, record.cpu ?? 0);
  view.setUint16(rest + 8, record.error ?? 0, little);
  view.setUint16(rest + 10, cgroupBytes + payload.length, little);
  if (record.cgroup !== undefined) u64(headerBytes, record.cgroup);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(payload, headerBytes + cgroupBytes);
  return bytes;
}

function actionOf({ action, actionNumber, is = "", notify, cgroup }: Written): bigint {
  const withCgroup = cgroup === undefined ? 0n : 0x100n;
  if (notify !== undefined) return BigInt(notify) | withCgroup | (1n << 26n);
  const own = action === undefined ? 4 : (OWN_CATEGORY[action] ?? 4);
  const bits = [...(own < 0 ? [] : [own]), ...(is.includes("p") ? [] : [8]), ...[...is].map((l) => CATEGORIES[l]!)];
  const number = actionNumber ?? (action === undefined ? 0 : ACTIONS[action]);
  return BigInt(number) | withCgroup | bits.reduce((sum, bit) => sum | (1n << BigInt(bit + 16)), 0n);
}
