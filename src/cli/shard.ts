import type { Shard } from "../work/summarizeFolder.ts";
import { UsageError } from "./command.ts";

/** "2/8": the second of eight shares; "1/1" is all. */
export function shardOf(text: string): Shard {
  const [, part, parts] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (part !== undefined && parts !== undefined && part >= 1 && part <= parts) return { part, parts };
  throw new UsageError(`invalid --shard "${text}"; expected K/N, with K from 1 to N`);
}
