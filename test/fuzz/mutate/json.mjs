import { utf8 } from "./pieces.mjs";

/** Values where programs that read JSON go wrong. */
const VALUES = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  -1e308,
  5e-324,
  "",
  " ",
  "0",
  "a",
  "whole",
  "__proto__",
  "constructor",
  "../../x",
  "/",
  "é\u0301",
  "\u202e\u0000\u001b[2J\n",
  "\ud800",
  "<b>{{ x }}</b>",
  "1970-01-01",
  "9999-99-99T99:99:99Z",
  "x".repeat(5000),
  [],
  {},
  [[]],
  [null],
  { __proto__: null, toString: 1 },
];
const NUMBERS = VALUES.filter((value) => typeof value === "number");
const TEXTS = VALUES.filter((value) => typeof value === "string");
const NAMES = ["__proto__", "constructor", "toString", "length", "", "0", "extra", "hasOwnProperty"];

/** Every place in a value: its holder and key. */
function placesIn(root) {
  const places = [];
  const visit = (holder, key) => {
    const value = holder[key];
    places.push({ holder, key, value });
    if (typeof value === "object" && value !== null) for (const name of Object.keys(value)) visit(value, name);
  };
  visit({ root }, "root");
  return places;
}

/** Changes that keep the type of a value, so that a schema lets them pass. */
const LIKE = [
  [6, changedNumber],
  [
    3,
    (places, { oneOf, once }) => {
      const texts = places.filter(({ value }) => typeof value === "string");
      return put(oneOf(texts), once(2) ? oneOf(texts)?.value : oneOf(TEXTS));
    },
  ],
  [3, (places, rnd) => changeList(rnd.oneOf(places.filter(({ value }) => Array.isArray(value)))?.value, rnd)],
  [
    2,
    (places, { oneOf }) => {
      const [one, other] = [oneOf(places), oneOf(places)];
      if (typeof one.value === typeof other.value) put(one, structuredClone(other.value));
    },
  ],
  [
    1,
    (places, { oneOf }) => put(oneOf(places.filter(({ value }) => typeof value === "boolean")), oneOf([true, false])),
  ],
  [1, (places, { oneOf }) => put(oneOf(places.slice(1)), null)],
];

function changedNumber(places, { oneOf, below }) {
  const numbers = places.filter(({ value }) => typeof value === "number");
  const place = oneOf(numbers);
  if (place === undefined) return;
  const near = place.value + oneOf([-1, 1, 0.5, below(100), 1e12]);
  put(place, oneOf([near, near, oneOf(NUMBERS), oneOf(numbers).value, Math.trunc(place.value * 1000)]));
}

function changeList(list, { below, oneOf, once }) {
  if (list === undefined) return;
  if (list.length === 0 || once(6)) list.splice(0);
  else if (once(3)) list.splice(below(list.length), 1 + below(3));
  else if (once(2)) list.splice(below(list.length), 0, structuredClone(oneOf(list)));
  else list.reverse();
}

/** Changes that a schema may or may not refuse. */
const ANY = [
  [3, (places, { oneOf }) => put(oneOf(places.slice(1)), structuredClone(oneOf(VALUES)))],
  [
    2,
    (places, { oneOf }) => {
      const { holder, key } = oneOf(places);
      delete holder[key];
    },
  ],
  [
    2,
    (places, { oneOf, once }) => {
      const { holder, key, value } = oneOf(places.slice(1));
      if (once(2)) delete holder[key];
      define(holder, oneOf(NAMES), value);
    },
  ],
  [
    2,
    (places, { oneOf }) => {
      const into = oneOf(places.filter(({ value }) => typeof value === "object" && value !== null));
      const from = oneOf(places);
      if (into !== undefined) define(into.value, from.key, structuredClone(from.value));
    },
  ],
];

function put(place, value) {
  if (place !== undefined) define(place.holder, place.key, value);
}

/** As JSON.parse does it: "__proto__" is a key like others. */
function define(holder, key, value) {
  if (Array.isArray(holder) && !/^\d+$/.test(key)) return;
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A JSON text with one to four values changed; `likely` keeps most of them of the type that they had. */
export function changedJson(bytes, rnd, { likely }) {
  const whole = { root: JSON.parse(Buffer.from(bytes).toString()) };
  for (let n = 1 + rnd.below(4); n > 0; n--) {
    const places = placesIn(whole.root);
    if (places.length < 2) break;
    rnd.weighted(rnd.below(10) < (likely ? 9 : 4) ? LIKE : ANY)(places, rnd);
  }
  return utf8(JSON.stringify(whole.root) ?? "");
}
