/** Names that get a place in the table; what comes after them is looked up each time. */
const MOST_NAMES = 1 << 16;
const FIRST_BUCKETS = 1 << 8;
const MOST_HASHED = 10;
const NONE = -1;

/** The numbers of names that come as bytes, without making a string of a name that is known. */
export class ByteNames {
  readonly #numberOf: (name: string) => number;
  readonly #names: Uint8Array[] = [];
  readonly #numbers: number[] = [];
  #buckets = new Int32Array(FIRST_BUCKETS).fill(NONE);
  #last = NONE;

  /** @param numberOf called for each new name. */
  constructor(numberOf: (name: string) => number) {
    this.#numberOf = numberOf;
  }

  /** The number of the name that stands there. Hot. */
  find(bytes: Uint8Array, from: number, to: number): number {
    if (this.#last !== NONE && isName(this.#names[this.#last]!, bytes, from, to)) return this.#numbers[this.#last]!;
    const buckets = this.#buckets;
    let bucket = hash(bytes, from, to) & (buckets.length - 1);
    for (let entry = buckets[bucket]!; entry !== NONE; entry = buckets[bucket]!) {
      if (isName(this.#names[entry]!, bytes, from, to)) {
        this.#last = entry;
        return this.#numbers[entry]!;
      }
      bucket = (bucket + 1) & (buckets.length - 1);
    }
    return this.#add(bytes.slice(from, to));
  }

  /** Where the name that was found last ends, if it stands there as well; -1 if it does not. Hot. */
  endOfLast(bytes: Uint8Array, from: number): number {
    if (this.#last === NONE) return NONE;
    const name = this.#names[this.#last]!;
    const to = from + name.length;
    return isName(name, bytes, from, to) ? to : NONE;
  }

  /** The number of the name that was found last. */
  get lastNumber(): number {
    return this.#numbers[this.#last]!;
  }

  #add(name: Uint8Array): number {
    const number = this.#numberOf(new TextDecoder().decode(name));
    if (this.#names.length === MOST_NAMES) return number;
    this.#names.push(name);
    this.#numbers.push(number);
    if (this.#names.length * 2 > this.#buckets.length) this.#grow();
    else this.#place(this.#names.length - 1);
    return number;
  }

  #grow(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4).fill(NONE);
    for (let entry = 0; entry < this.#names.length; entry++) this.#place(entry);
  }

  #place(entry: number): void {
    const buckets = this.#buckets;
    const name = this.#names[entry]!;
    let bucket = hash(name, 0, name.length) & (buckets.length - 1);
    while (buckets[bucket] !== NONE) bucket = (bucket + 1) & (buckets.length - 1);
    buckets[bucket] = entry;
  }
}

function isName(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  const { length } = name;
  if (to - from !== length) return false;
  for (let i = length - 1; i >= 0; i--) if (name[i] !== bytes[from + i]) return false;
  return true;
}

/** FNV-1a of the name's end, where names that stand together differ. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 0x811c9dc5 ^ (to - from);
  for (let i = Math.max(from, to - MOST_HASHED); i < to; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193);
  return value ^ (value >>> 15);
}
