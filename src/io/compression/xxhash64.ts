/*
 * XXH64 with seed 0, as zstd frames end with it:
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 * 64-bit numbers are pairs of 32-bit words, high and low.
 */

type Pair = readonly [number, number];

const PRIME_1: Pair = [0x9e3779b1, 0x85ebca87];
const PRIME_2: Pair = [0xc2b2ae3d, 0x27d4eb4f];
const PRIME_3: Pair = [0x165667b1, 0x9e3779f9];
const PRIME_4: Pair = [0x85ebca77, 0xc2b2ae63];
const PRIME_5: Pair = [0x27d4eb2f, 0x165667c5];
const [P1_HIGH, P1_LOW] = PRIME_1;
const [P2_HIGH, P2_LOW] = PRIME_2;
const STRIPE_BYTES = 32;

/** The hash of bytes that come in pieces. */
export class Xxhash64 {
  /** Four lanes, each its high word and its low one. */
  readonly #lanes = new Int32Array([...add(PRIME_1, PRIME_2), ...PRIME_2, 0, 0, ...minus(PRIME_1)]);
  readonly #stripe = new Uint8Array(STRIPE_BYTES);
  readonly #view = new DataView(this.#stripe.buffer);
  #filled = 0;
  #length = 0;

  update(piece: Uint8Array): void {
    this.#length += piece.length;
    let at = 0;
    if (this.#filled > 0) {
      at = Math.min(STRIPE_BYTES - this.#filled, piece.length);
      this.#stripe.set(piece.subarray(0, at), this.#filled);
      this.#filled += at;
      if (this.#filled < STRIPE_BYTES) return;
      this.#mix(this.#view, 0);
      this.#filled = 0;
    }
    const view = new DataView(piece.buffer, piece.byteOffset, piece.length);
    for (; at + STRIPE_BYTES <= piece.length; at += STRIPE_BYTES) this.#mix(view, at);
    this.#stripe.set(piece.subarray(at));
    this.#filled = piece.length - at;
  }

  /** The low word of the hash. */
  get lowWord(): number {
    let hash = add(this.#converged(), [Math.floor(this.#length / 2 ** 32), this.#length >>> 0]);
    let at = 0;
    for (; at + 8 <= this.#filled; at += 8) {
      const lane = round([0, 0], [this.#view.getUint32(at + 4, true), this.#view.getUint32(at, true)]);
      hash = add(times(rotate(xor(hash, lane), 27), PRIME_1), PRIME_4);
    }
    if (at + 4 <= this.#filled) {
      hash = xor(hash, times([0, this.#view.getUint32(at, true)], PRIME_1));
      hash = add(times(rotate(hash, 23), PRIME_2), PRIME_3);
      at += 4;
    }
    for (; at < this.#filled; at++)
      hash = times(rotate(xor(hash, times([0, this.#stripe[at]!], PRIME_5)), 11), PRIME_1);
    hash = times(xor(hash, shiftRight(hash, 33)), PRIME_2);
    hash = times(xor(hash, shiftRight(hash, 29)), PRIME_3);
    return xor(hash, shiftRight(hash, 32))[1] >>> 0;
  }

  /** Hot: lane = rotate(lane + input * PRIME_2, 31) * PRIME_1, four times. */
  #mix(view: DataView, at: number): void {
    const lanes = this.#lanes;
    for (let i = 0; i < 8; i += 2) {
      const inputLow = view.getInt32(at + i * 4, true);
      const inputHigh = view.getInt32(at + i * 4 + 4, true);
      const productHigh = highProduct(inputLow, P2_LOW) + Math.imul(inputHigh, P2_LOW) + Math.imul(inputLow, P2_HIGH);
      const before = lanes[i + 1]!;
      const sumLow = (before + Math.imul(inputLow, P2_LOW)) | 0;
      const carry = sumLow >>> 0 < before >>> 0 ? 1 : 0;
      const sumHigh = (lanes[i]! + productHigh + carry) | 0;
      const turnedHigh = (sumHigh << 31) | (sumLow >>> 1);
      const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
      lanes[i + 1] = Math.imul(turnedLow, P1_LOW);
      lanes[i] = highProduct(turnedLow, P1_LOW) + Math.imul(turnedHigh, P1_LOW) + Math.imul(turnedLow, P1_HIGH);
    }
  }

  #converged(): Pair {
    if (this.#length < STRIPE_BYTES) return PRIME_5;
    const lanes = [0, 2, 4, 6].map((i): Pair => [this.#lanes[i]!, this.#lanes[i + 1]!]);
    const turned = lanes.map((lane, i) => rotate(lane, [1, 7, 12, 18][i]!));
    const sum = turned.reduce(add);
    return lanes.reduce((hash, lane) => add(times(xor(hash, round([0, 0], lane)), PRIME_1), PRIME_4), sum);
  }
}

function round(lane: Pair, input: Pair): Pair {
  return times(rotate(add(lane, times(input, PRIME_2)), 31), PRIME_1);
}

function add([aHigh, aLow]: Pair, [bHigh, bLow]: Pair): Pair {
  const low = (aLow >>> 0) + (bLow >>> 0);
  return [(aHigh + bHigh + (low > 0xffffffff ? 1 : 0)) | 0, low | 0];
}

function minus([high, low]: Pair): Pair {
  return add([~high, ~low], [0, 1]);
}

function xor([aHigh, aLow]: Pair, [bHigh, bLow]: Pair): Pair {
  return [aHigh ^ bHigh, aLow ^ bLow];
}

function times([aHigh, aLow]: Pair, [bHigh, bLow]: Pair): Pair {
  return [
    (highProduct(aLow >>> 0, bLow >>> 0) + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) | 0,
    Math.imul(aLow, bLow),
  ];
}

/** The high word of the product of two words. Hot. */
function highProduct(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const low = Math.imul(aLow, bLow) >>> 0;
  const middle = (Math.imul(aHigh, bLow) >>> 0) + (low >>> 16);
  const carry = (Math.imul(aLow, bHigh) >>> 0) + (middle & 0xffff);
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

function rotate([high, low]: Pair, by: number): Pair {
  const [h, l] = by < 32 ? [high, low] : [low, high];
  const n = by & 31;
  return n === 0 ? [h, l] : [(h << n) | (l >>> (32 - n)), (l << n) | (h >>> (32 - n))];
}

function shiftRight([high, low]: Pair, by: number): Pair {
  if (by >= 32) return [0, high >>> (by - 32)];
  return [high >>> by, (low >>> by) | (high << (32 - by))];
}
