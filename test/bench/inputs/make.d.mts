export type Kind = "blktrace" | "blkparse" | "nbdkit" | "qtr";

export interface Made {
  readonly path: string;
  readonly bytes: number;
}

export function makeInputs<K extends Kind>(what: {
  readonly folder: string;
  readonly events: number;
  readonly kinds: readonly K[];
  readonly seed?: number;
}): {
  readonly events: number;
  /** By op, as they were issued. */
  readonly requests: Readonly<Record<"read" | "write" | "discard" | "flush", number>>;
} & { readonly [Each in K]: Made };
