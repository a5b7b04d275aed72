const FIRST_CPUS = 64;
/** More than Linux can have: beyond, the number is a broken record's. */
const MOST_CPUS = 65536;
/** Numbers that are kept, of all devices on all CPUs: where there are more, gaps on the last CPUs do not show. */
const MOST_KEPT = 1 << 22;

/** The sequence numbers of blktrace, which count the records of each device on each CPU. */
export class Sequences {
  /** Places where numbers are missing. */
  gaps = 0;
  /** How many numbers are missing. */
  missing = 0;
  readonly #lastOf: Uint32Array[] = [];
  #kept = 0;

  /** Hot. */
  see(device: number, cpu: number, sequence: number): void {
    if (cpu >= MOST_CPUS) return;
    let last = this.#lastOf[device];
    if (last === undefined || cpu >= last.length) last = this.#room(device, cpu);
    if (cpu >= last.length) return;
    const before = last[cpu]!;
    last[cpu] = sequence;
    if (before === 0 || sequence <= before + 1) return;
    this.gaps++;
    this.missing += sequence - before - 1;
  }

  /** The last number of each CPU, 0 before the first: for who sees to what follows it at once. */
  ofDevice(device: number): Uint32Array {
    return this.#lastOf[device] ?? this.#room(device, 0);
  }

  #room(device: number, cpu: number): Uint32Array {
    while (this.#lastOf.length <= device) this.#lastOf.push(new Uint32Array(FIRST_CPUS));
    const before = this.#lastOf[device]!;
    const length = Math.max(FIRST_CPUS, 2 ** Math.ceil(Math.log2(cpu + 1)));
    if (length === before.length || this.#kept + length > MOST_KEPT) return before;
    const room = new Uint32Array(length);
    room.set(before);
    this.#kept += length - before.length;
    this.#lastOf[device] = room;
    return room;
  }
}
