import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG_WORD } from "../../model/ops.ts";

/** Words of a kind that are kept; those beyond are looked up in the trace, which has a limit of its own. */
const MOST_WORDS = 1 << 17;

/** What a table has words for: devices, processes and flags. */
export class RowWords {
  readonly #out: TraceBuilder;
  readonly #records: boolean;
  readonly #devices = new Map<string, number>();
  readonly #processes = new Map<string, number>();
  readonly #flags = new Map<string, number | null>();

  /** @param records Whether the words tell what is recorded, since no metadata does. */
  constructor(out: TraceBuilder, records: boolean) {
    this.#out = out;
    this.#records = records;
  }

  nameDevice(label: string, device: number): void {
    this.#devices.set(label, device);
  }

  deviceOf(value: unknown): number {
    const label = value == null ? "disk" : String(value);
    let device = this.#devices.get(label);
    if (device === undefined) {
      device = this.#out.device(label);
      keep(this.#devices, label, device);
    }
    return device;
  }

  processOf(pid: unknown, name: unknown): number {
    if (pid == null && name == null) return 0;
    const key = `${pid ?? ""} ${name ?? ""}`;
    let process = this.#processes.get(key);
    if (process === undefined) {
      const words = name == null ? undefined : String(name);
      process = this.#out.process(pid == null ? words! : Number(pid), words);
      keep(this.#processes, key, process);
      if (this.#records) this.#out.recorded.process = true;
    }
    return process;
  }

  /** null where a word is none of a flag. */
  flagsOf(value: unknown): number | null {
    if (value == null) return 0;
    const words = String(value);
    let flags = this.#flags.get(words);
    if (flags === undefined) {
      flags = flagsOf(words);
      keep(this.#flags, words, flags);
      if (this.#records && flags !== null) this.#out.recorded.flags = true;
    }
    return flags;
  }
}

function keep<Value>(words: Map<string, Value>, word: string, value: Value): void {
  if (words.size < MOST_WORDS) words.set(word, value);
}

function flagsOf(words: string): number | null {
  let flags = 0;
  for (const word of words.split("|")) {
    if (word === "") continue;
    if (!Object.hasOwn(FLAG_WORD, word)) return null;
    flags |= FLAG_WORD[word as keyof typeof FLAG_WORD];
  }
  return flags;
}
