import { withNumber } from "./numbers.mjs";
import { joined, latin, replaced } from "./pieces.mjs";

/** What separates, quotes, ends and escapes in some format. */
const TOKENS = [
  ..."\"\\'\0\r\t ,;[](){}=:\n-+.%#|/é",
  "  ",
  "\n\n",
  "\r\n",
  "...",
  "\xff",
  "\xc3",
  "\xef\xbb\xbf",
  "\x1b[2J",
  "#qtrace ",
  'export="',
  "__proto__",
  "x".repeat(3000),
].map(latin);

/** Changes that know nothing of what the bytes mean; `other` is a file of any kind. */
const CHANGES = [
  [
    2,
    (bytes, { below }) => {
      const changed = bytes.slice();
      const at = below(bytes.length);
      for (let i = at; i < Math.min(at + 1 + below(3), bytes.length); i++) changed[i] = below(256);
      return changed;
    },
  ],
  [
    1,
    (bytes, { below }) => {
      const changed = bytes.slice();
      if (bytes.length > 0) changed[below(bytes.length)] ^= 1 << below(8);
      return changed;
    },
  ],
  [2, withNumber],
  [2, (bytes, { below, oneOf }) => inserted(bytes, below(bytes.length + 1), oneOf(TOKENS))],
  [
    2,
    (bytes, { below, oneOf }) => {
      const at = below(bytes.length + 1);
      const token = oneOf(TOKENS);
      return replaced(bytes, at, at + token.length, token);
    },
  ],
  [
    2,
    (bytes, rnd) => {
      const at = rnd.below(bytes.length + 1);
      return replaced(bytes, at, at + someLength(rnd));
    },
  ],
  [
    1,
    (bytes, rnd) => {
      const from = rnd.below(bytes.length + 1);
      return inserted(bytes, rnd.below(bytes.length + 1), bytes.slice(from, from + someLength(rnd)));
    },
  ],
  [
    1,
    (bytes, rnd, other) => {
      const from = rnd.below(other.length + 1);
      return inserted(bytes, rnd.below(bytes.length + 1), other.slice(from, from + someLength(rnd)));
    },
  ],
  [1, (bytes, { below }) => bytes.subarray(0, below(bytes.length + 1))],
];

export function changedBytes(bytes, rnd, other) {
  return rnd.weighted(CHANGES)(bytes, rnd, other);
}

function inserted(bytes, at, part) {
  return joined(bytes.subarray(0, at), part, bytes.subarray(at));
}

function someLength({ below, once }) {
  return once(4) ? below(400) : below(12);
}
