import type { TraceBuilder } from "../../model/builder.ts";
import { ByteNames } from "../text/byteNames.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import type { TextEvent } from "./textEvent.ts";

const CACHE = 4096;
/** How blkparse and ftrace print the name of a process that they do not know. */
const NAMELESS = [word("(null)"), word("<...>")];

/** The processes of lines, found by their pids, or by their names where there are none. */
export class ProcessNames {
  readonly #out: TraceBuilder;
  readonly #cachedPid = new Float64Array(CACHE).fill(-1);
  readonly #cachedProcess = new Uint32Array(CACHE);
  /** For lines without pids. */
  readonly #processOfName: ByteNames;

  constructor(out: TraceBuilder) {
    this.#out = out;
    this.#processOfName = new ByteNames((name) => out.process(name));
  }

  of(line: Line, event: TextEvent): number {
    if (event.pid < 0) return this.#byName(line, event);
    const i = event.pid % CACHE;
    if (this.#cachedPid[i] !== event.pid) {
      this.#cachedPid[i] = event.pid;
      this.#cachedProcess[i] = this.#find(line, event);
    }
    return this.#cachedProcess[i]!;
  }

  /** The process of a pid whose line was the latest of those that share its place; -1 where it was not. Hot. */
  recent(pid: number): number {
    const i = pid % CACHE;
    return this.#cachedPid[i] === pid ? this.#cachedProcess[i]! : -1;
  }

  #byName(line: Line, { nameStart, nameEnd }: TextEvent): number {
    return nameStart === nameEnd ? 0 : this.#processOfName.find(line.bytes, nameStart, nameEnd);
  }

  #find(line: Line, { pid, nameStart, nameEnd }: TextEvent): number {
    const name = line.bytes.subarray(nameStart, nameEnd);
    if (name.length === 0 || NAMELESS.some((other) => isEqual(name, other))) return this.#out.process(pid);
    return this.#out.process(pid, new TextDecoder().decode(name));
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
