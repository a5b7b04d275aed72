/** A spec of Vega-Lite, as plain data. */
export type Spec = Readonly<Record<string, unknown>>;

/** A spec without what differs from trace to trace: many charts have the same one. */
interface BareSpec {
  readonly bare: Spec;
  /** The data by the names that stand in its place. */
  readonly data: ReadonlyMap<string, readonly unknown[]>;
  /** Numbers above 0: the sizes of the whole, then those of domains and of ranges. A stand-in with its place stands for each. */
  readonly numbers: readonly number[];
}

const STAND_IN = 876_543_210_000_000;
/** As JSON writes it, but for its place. */
const STAND_IN_DIGITS = "87654321000";
const STAND_INS = /87654321000(\d{4})/g;
const MOST_STAND_INS = 10_000;
/** Width, height and four paddings. */
const MOST_SIZES = 6;
const SIZES = new Set(["width", "height", "padding"]);

/**
 * Takes data, domains, ranges and the sizes of the whole out of a spec. Which number of a domain is the larger, whether it
 * is that of another one too, and whether it is above 0, stays as it was, and so with ranges: Vega-Lite asks no more of them.
 */
export function bareSpec(spec: Spec): BareSpec {
  const data = new Map<string, readonly unknown[]>();
  const ends = endsOf(spec);
  const numbers: number[] = [];
  const inSize = ends === null ? same : standInForSize;
  const whole = mapped(spec, (value, key) => (SIZES.has(key) ? inSize(value) : value));
  const standIns = new Map(Object.entries(ends ?? {}).map(([key, values]) => [key, new Map(values.map(withStandIn))]));
  return { bare: bareObject(whole), data, numbers };

  function withStandIn(value: number): [number, number] {
    return [value, STAND_IN + numbers.push(value) - 1];
  }

  function standInForSize(size: unknown): unknown {
    if (isObject(size)) return mapped(size, standInForSize);
    return typeof size === "number" && size > 0 ? STAND_IN + numbers.push(size) - 1 : size;
  }

  function bareValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(bareValue);
    return isObject(value) ? bareObject(value) : value;
  }

  function bareObject(object: Spec): Spec {
    return mapped(object, bareProperty);
  }

  function bareProperty(value: unknown, key: string): unknown {
    if (key === "data") return named(value);
    const known = standIns.get(key);
    return known !== undefined && Array.isArray(value) ? value.map((end) => known.get(end) ?? end) : bareValue(value);
  }

  function named(source: unknown): unknown {
    if (!isObject(source) || !Array.isArray(source["values"])) return source;
    const { values, ...rest } = source;
    const name = `data${data.size}`;
    data.set(name, values as readonly unknown[]);
    return { ...rest, name };
  }
}

/** The text of what was made of a bare spec, with its numbers. */
export function withNumbers(text: string, numbers: readonly number[]): string {
  return numbers.length === 0 ? text : text.replace(STAND_INS, (_, place: string) => String(numbers[Number(place)]));
}

/** The numbers above 0 of domains and of ranges, for ascending stand-ins; null where a text of the spec could be taken for a stand-in. */
function endsOf(spec: Spec): Readonly<Record<string, readonly number[]>> | null {
  const found: Readonly<Record<string, number[][]>> = { domain: [], range: [] };
  let isClear = true;
  look(spec);
  const ends = Object.fromEntries(Object.entries(found).map(([key, arrays]) => [key, inOneOrder(arrays)]));
  const count = ends["domain"]!.length + ends["range"]!.length;
  return isClear && count + MOST_SIZES <= MOST_STAND_INS ? ends : null;

  function look(value: unknown): void {
    if (Array.isArray(value)) value.forEach(look);
    else if (!isObject(value)) isClear &&= !String(value).includes(STAND_IN_DIGITS);
    else for (const [key, item] of Object.entries(value)) lookAt(key, item);
  }

  function lookAt(key: string, value: unknown): void {
    if (key === "data") return;
    look(value);
    if (key in found && Array.isArray(value))
      found[key]!.push(value.filter((end) => typeof end === "number" && end > 0));
  }
}

/**
 * Each number once, those of one array ascending: as they first appear, where that is such an order, so that charts of
 * many panels have one bare spec whichever panel's domain is the largest.
 */
function inOneOrder(arrays: readonly (readonly number[])[]): readonly number[] {
  const ascending = arrays.map((array) => [...array].sort((a, b) => a - b));
  const all = [...new Set(ascending.flat())];
  const places = new Map(all.map((value, place) => [value, place]));
  const isOrder = ascending.every((array) =>
    array.every((value, i) => i === 0 || places.get(array[i - 1]!)! <= places.get(value)!),
  );
  return isOrder ? all : all.sort((a, b) => a - b);
}

function mapped(object: Spec, change: (value: unknown, key: string) => unknown): Spec {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function same(value: unknown): unknown {
  return value;
}

function isObject(value: unknown): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
