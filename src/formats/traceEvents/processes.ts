import type { TraceBuilder } from "../../model/builder.ts";
import { ByteNames } from "../text/byteNames.ts";
import type { Task } from "./task.ts";

const PID_CACHE = 4096;
/** ftrace's name of a process whose name it has forgotten. */
const FORGOTTEN = "<...>";
const NO_NAME = -1;
/** Names that are kept. Those beyond have one place, which the latest of them has: it is looked up at once. */
const MOST_NAMES = 1 << 17;
const NOT_RECORDED = 0;

/** The builder's processes, by what stands before an event: the last name that a pid had is its name. */
export class Processes {
  readonly #out: TraceBuilder;
  readonly #names: string[] = [];
  readonly #nameNumbers = new ByteNames((name) => (name === FORGOTTEN ? NO_NAME : this.#numberOf(name)));
  readonly #cachedPid = new Float64Array(PID_CACHE).fill(-1);
  readonly #cachedName = new Int32Array(PID_CACHE);
  readonly #cachedProcess = new Uint32Array(PID_CACHE);

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** The index of the process that the event's task is. Hot. */
  index(bytes: Uint8Array, { pid, nameFrom, nameTo }: Pick<Task, "pid" | "nameFrom" | "nameTo">): number {
    if (pid < 0) return NOT_RECORDED;
    const name = this.#nameNumbers.find(bytes, nameFrom, nameTo);
    const i = pid % PID_CACHE;
    if (this.#cachedPid[i] !== pid || this.#cachedName[i] !== name) {
      this.#cachedProcess[i] = this.#out.process(pid, name === NO_NAME ? undefined : this.#names[name]);
      this.#cachedPid[i] = pid;
      this.#cachedName[i] = name;
    }
    return this.#cachedProcess[i]!;
  }

  #numberOf(name: string): number {
    if (this.#names.length < MOST_NAMES) return this.#names.push(name) - 1;
    this.#names[MOST_NAMES - 1] = name;
    // What was found under this number may have been another name.
    this.#cachedName.fill(NO_NAME - 1);
    return MOST_NAMES - 1;
  }
}
