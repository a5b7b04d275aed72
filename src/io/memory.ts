import { readChecked, writeChecked } from "./checkedFile.ts";

const MOST_REMEMBERED = 200_000;

/** What was found out about files, by what names them in the state in which they were looked into. */
export interface Memory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  save(): void;
}

/** Opens a memory that is one file. With `verify` nothing is taken from it. */
export function openMemory<T>(file: string, { verify = false } = {}): Memory<T> {
  const known = new Map(verify ? [] : readKnown<T>(file));
  let changed = verify;
  return {
    get: (key) => known.get(key),
    set(key, value) {
      known.set(key, value);
      changed = true;
    },
    save() {
      if (!changed) return;
      changed = false;
      try {
        writeChecked(file, [...known].slice(-MOST_REMEMBERED));
      } catch {
        // A full disk: it is only a memory, and what it was to help with is done.
      }
    },
  };
}

/** Not there, damaged, or written in another way: everything in it can be found out again. */
function readKnown<T>(file: string): readonly (readonly [string, T])[] {
  const entries = readChecked<unknown>(file);
  return Array.isArray(entries) ? entries : [];
}
