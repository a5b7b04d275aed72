/** Where programs that read numbers go wrong, as text. */
const NUMBER_TEXTS = [
  "0",
  "-0",
  "1",
  "-1",
  "7",
  "511",
  "513",
  "2147483647",
  "2147483648",
  "4294967295",
  "4294967296",
  "9007199254740991",
  "9007199254740992",
  "9223372036854775807",
  "18446744073709551615",
  "18446744073709551616",
  "9".repeat(40),
  "1e9",
  "1e308",
  "1e999",
  "1.5",
  "0.000000001",
  ".5",
  "5.",
  "0x10",
  "0xffffffffffffffff",
  "NaN",
  "Infinity",
  "١٢",
  "1_000",
  "1,000",
  "00000000000000000000001",
  "",
];

/** The same in `width` bytes. */
const NUMBERS = [
  0n,
  1n,
  -1n,
  0x7fn,
  0x80n,
  0x7fffn,
  0x7fffffffn,
  0x80000000n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  512n,
];

/** Overwrites a binary number of 1, 2, 4 or 8 bytes, mostly where numbers lie. */
export function withNumber(bytes, { below, oneOf, once }) {
  const width = oneOf([1, 2, 4, 8]);
  if (bytes.length < width) return bytes;
  const anywhere = below(bytes.length - width + 1);
  const at = once(4) ? anywhere : anywhere - (anywhere % width);
  const number = BigInt.asUintN(8 * width, oneOf(NUMBERS));
  const changed = bytes.slice();
  const isLittle = !once(3);
  for (let i = 0; i < width; i++)
    changed[at + (isLittle ? i : width - 1 - i)] = Number((number >> BigInt(8 * i)) & 0xffn);
  return changed;
}

const DIGITS = /\d+(?:\.\d+)?/g;

/** Replaces one of a text's numbers, or moves it a little. */
export function withOtherNumber(text, { below, oneOf, once }) {
  const found = [...text.matchAll(DIGITS)];
  if (found.length === 0) return text;
  const { 0: digits, index } = oneOf(found);
  const near = String(Number(digits) + oneOf([-512, -1, 1, 8, 512, below(1e9)]));
  const other = once(3) ? oneOf(found)[0] : oneOf([near, oneOf(NUMBER_TEXTS), oneOf(NUMBER_TEXTS)]);
  return text.slice(0, index) + other + text.slice(index + digits.length);
}
