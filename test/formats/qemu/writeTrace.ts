/** Events as qemu's backends write them: the slow and obvious way, for generated traces. */
export interface MadeEvent {
  readonly name: string;
  /** Key, value and how the log prints the value; a text is quoted there. */
  readonly args: readonly (readonly [key: string, value: bigint | string, print: "pointer" | "decimal" | "hex"])[];
  readonly timeNs: number;
}

/** The log backend, with `-msg timestamp=on`; its times are whole microseconds. */
export function asLog(events: readonly MadeEvent[]): string {
  return events.map(({ name, args, timeNs }) => `${stamp(timeNs)}${name} ${args.map(inLog).join(" ")}\n`).join("");
}

export function asLogWithoutTimes(events: readonly MadeEvent[]): string {
  return events.map(({ name, args }) => `${name} ${args.map(inLog).join(" ")}\n`).join("");
}

function stamp(timeNs: number): string {
  const microseconds = Math.floor(timeNs / 1000);
  const seconds = 1795384480 + Math.floor(microseconds / 1e6);
  return `26107@${seconds}.${String(microseconds % 1e6).padStart(6, "0")}:`;
}

function inLog([key, value, print]: MadeEvent["args"][number]): string {
  if (typeof value === "string") return `${key} "${value}"`;
  if (print === "pointer" && value === 0n) return `${key} (nil)`;
  return print === "decimal" ? `${key} ${value}` : `${key} 0x${value.toString(16)}`;
}

/** What simpletrace.py prints of the simple backend's file. */
export function asSimpletrace(events: readonly MadeEvent[]): string {
  let last = events[0]?.timeNs ?? 0;
  const lines = events.map(({ name, args, timeNs }) => {
    const delta = (timeNs - last) / 1000;
    last = timeNs;
    const fields = args.map(([key, value]) =>
      typeof value === "string" ? `${key}=b'${value}'` : `${key}=0x${BigInt.asUintN(64, value).toString(16)}`,
    );
    return `${name} ${delta.toFixed(3)} pid=26107 ${fields.join(" ")}\n`;
  });
  return lines.join("");
}

/** The simple backend, version 4: each event is named before its first record. */
export function asSimple(events: readonly MadeEvent[]): Uint8Array {
  const header = [u64(2n ** 64n - 1n), u64(0xf2b177cb0aa429b4n), u64(4n)];
  const numbers = new Map<string, bigint>();
  const records = events.flatMap(({ name, args, timeNs }) => {
    const isNew = !numbers.has(name);
    if (isNew) numbers.set(name, BigInt(numbers.size));
    const number = numbers.get(name)!;
    const payload = join(args.map(([, value]) => (typeof value === "string" ? text(value) : u64(value))));
    const mapping = [u64(0n), u64(number), text(name)];
    const head = [u64(1n), u64(number), u64(2n ** 53n + BigInt(timeNs)), u32(24 + payload.length), u32(26107)];
    return [...(isNew ? mapping : []), ...head, payload];
  });
  return join([...header, ...records]);
}

function u64(value: bigint): Uint8Array {
  return new Uint8Array(new BigUint64Array([BigInt.asUintN(64, value)]).buffer);
}

function u32(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return join([u32(bytes.length), bytes]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
