import type { ParseArgsConfig } from "node:util";

/** What a command says of itself before it is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** What stands behind the name in the usage line. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly does: string;
  /** A command is loaded when it is asked for: most of them need much that the others do not. */
  load(): Promise<Command>;
}

/** What a command can be asked, and what it does. */
export interface Command {
  /** A few more lines for its own help. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** Gives the exit status: 0 done, 1 a trace could not be read. */
  run(values: Values, positionals: readonly string[]): Promise<number>;
}

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The question was wrong: exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function textOption(values: Values, name: string, fallback: string): string {
  const value = values[name];
  return typeof value === "string" ? value : fallback;
}

export function countOption(values: Values, name: string, fallback: number): number {
  const value = values[name];
  if (value === undefined) return fallback;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`invalid --${name} "${String(value)}"; expected a whole number from 1`);
  return count;
}
