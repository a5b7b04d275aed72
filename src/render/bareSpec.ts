/** A spec of Vega-Lite, as plain data. */
export type Spec = Readonly<Record<string, unknown>>;

/** A spec without what differs from trace to trace: many charts have the same one. */
interface BareSpec {
  readonly bare: Spec;
  /** The data by the names that stand in its place. */
  readonly data: ReadonlyMap<string, readonly unknown[]>;
  /** Numbers above 0 of domains, ascending; a stand-in with its place stands for each. */
  readonly domains: readonly number[];
}

const STAND_IN = 876_543_210_000_000;
/** As JSON writes it, but for its place. */
const STAND_IN_DIGITS = "87654321000";
const STAND_INS = /87654321000(\d{4})/g;
const MOST_STAND_INS = 10_000;

/**
 * Takes data and domains out of a spec. Which number of two domains is the larger, and whether one is above 0, stays as
 * it was: Vega-Lite asks no more of it.
 */
export function bareSpec(spec: Spec): BareSpec {
  const data = new Map<string, readonly unknown[]>();
  const domains = domainsOf(spec);
  const places = new Map(domains.map((value, place) => [value, place]));
  return { bare: bareObject(spec), data, domains };

  function bareValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(bareValue);
    return isObject(value) ? bareObject(value) : value;
  }

  function bareObject(object: Spec): Spec {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, bareProperty(key, value)]));
  }

  function bareProperty(key: string, value: unknown): unknown {
    if (key === "data") return named(value);
    return key === "domain" && Array.isArray(value) ? value.map(standInFor) : bareValue(value);
  }

  function named(source: unknown): unknown {
    if (!isObject(source) || !Array.isArray(source["values"])) return source;
    const { values, ...rest } = source;
    const name = `data${data.size}`;
    data.set(name, values as readonly unknown[]);
    return { ...rest, name };
  }

  function standInFor(value: unknown): unknown {
    const place = places.get(value as number);
    return place === undefined ? value : STAND_IN + place;
  }
}

/** The text of what was made of a bare spec, with its domains. */
export function withDomains(text: string, domains: readonly number[]): string {
  return domains.length === 0 ? text : text.replace(STAND_INS, (_, place: string) => String(domains[Number(place)]));
}

/** None where a text of the spec could be taken for a stand-in. */
function domainsOf(spec: Spec): readonly number[] {
  const found = new Set<number>();
  let isClear = true;
  look(spec);
  return isClear && found.size <= MOST_STAND_INS ? [...found].sort((a, b) => a - b) : [];

  function look(value: unknown): void {
    if (Array.isArray(value)) value.forEach(look);
    else if (!isObject(value)) isClear &&= !String(value).includes(STAND_IN_DIGITS);
    else for (const [key, item] of Object.entries(value)) lookAt(key, item);
  }

  function lookAt(key: string, value: unknown): void {
    if (key === "data") return;
    look(value);
    if (key === "domain" && Array.isArray(value)) for (const each of value) if (each > 0) found.add(each);
  }
}

function isObject(value: unknown): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
