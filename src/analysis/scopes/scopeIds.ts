export const WHOLE = "whole";
export const MARKED = "marked";
export const OTHER_SPANS = "other-spans";
export const OTHER_DEVICES = "other-devices";

const LONGEST_NAME = 40;

/** A name as part of an id: lower-case letters, digits and single hyphens; may be empty. */
function nameInId(name: string): string {
  const safe = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return safe.slice(0, LONGEST_NAME).replace(/^-+|-+$/g, "");
}

/** @param index of the span in order of start, from 0. */
export function spanScopeId(index: number, name: string): string {
  return ["span", index + 1, nameInId(name)].filter((part) => part !== "").join("-");
}

/** The ids of the scopes of these devices; names that would give the same id are numbered. */
export function deviceScopeIds(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name, index) => {
    const plain = `device-${nameInId(name) || index + 1}`;
    let id = plain;
    for (let copy = 2; used.has(id); copy++) id = `${plain}-${copy}`;
    used.add(id);
    return id;
  });
}
