import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileTrouble } from "../io/fileTrouble.ts";
import { TraceError } from "../model/errors.ts";
import { type Recorder, runCommand, startRecorder } from "./children.ts";
import { type Interrupting, type Interruption, listenForInterruption } from "./interruption.ts";
import { type Plan, type Step, withFolder } from "./plan/plan.ts";

/** What came of a plan. */
export interface Outcome<T> {
  /** The exit status of what was traced, as a shell has it; null: it never ran. */
  readonly status: number | null;
  readonly interrupted: Interrupting | null;
  /** Events that the recorder lost. */
  readonly lost: number;
  /** What went wrong behind the command. */
  readonly troubles: readonly TraceError[];
  /** What `keep` made of the files that were recorded; null: there are none. */
  readonly kept: T | null;
}

/**
 * Carries a plan out. `keep` is called with the files that were recorded, before they are removed with all else that a
 * recording makes; that is removed whatever happens.
 */
export async function perform<T>(bare: Plan, keep: (files: readonly string[]) => Promise<T>): Promise<Outcome<T>> {
  const interruption = listenForInterruption();
  const undo: (() => unknown)[] = [interruption.end];
  try {
    const folder = await mkdtemp(join(folderForSockets(), "blkreport-capture-"));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const plan = withFolder(bare, folder);
    const hands = new Hands(folder, interruption, undo);
    for (const step of plan.before) if (interruption.signal === null) await hands.doStep(step);
    if (interruption.signal !== null) return { ...hands.found(), status: null, kept: null };
    hands.commandRuns = true;
    const status = await runCommand(plan.command, interruption);
    for (const step of plan.after) await hands.tryStep(step);
    const files = recordedFiles(plan);
    const kept = files.length === 0 ? null : await keep(files);
    return { ...hands.found(), status, kept };
  } finally {
    for (const one of undo.reverse()) await one();
  }
}

/** A socket's path may have 107 bytes. */
function folderForSockets(): string {
  const own = tmpdir();
  return Buffer.byteLength(own) > 70 ? "/tmp" : own;
}

/** Does the steps of a plan, and knows how to undo them. */
class Hands {
  /** From then on a new image belongs to the user. */
  commandRuns = false;
  readonly #folder: string;
  readonly #interruption: Interruption;
  readonly #undo: (() => unknown)[];
  readonly #troubles: TraceError[] = [];
  #recorder: Recorder | null = null;
  #lost = 0;

  constructor(folder: string, interruption: Interruption, undo: (() => unknown)[]) {
    this.#folder = folder;
    this.#interruption = interruption;
    this.#undo = undo;
  }

  found() {
    return { interrupted: this.#interruption.signal, lost: this.#lost, troubles: this.#troubles };
  }

  /** For what comes after the command: one thing that fails does not keep the others from being done. */
  async tryStep(step: Step): Promise<void> {
    try {
      await this.doStep(step);
    } catch (error) {
      const known = error instanceof TraceError ? error : fileTrouble(error);
      if (known === null) throw error;
      this.#troubles.push(known);
    }
  }

  async doStep(step: Step): Promise<void> {
    switch (step.does) {
      case "createImage":
        writeFileSync(step.path, "", { flag: "wx" });
        this.#undo.push(() => this.commandRuns || rmSync(step.path, { force: true }));
        return truncateSync(step.path, step.bytes);
      case "write":
        writeFileSync(step.path, step.text);
        return step.executable ? chmodSync(step.path, 0o700) : undefined;
      case "makeInstance":
        return this.#makeInstance(step.path);
      case "put":
        return put(step.path, step.text);
      case "putEach":
        for (const name of step.names) put(join(step.folder, name, step.file), step.text);
        return;
      case "start":
        return this.#start(step);
      case "stop":
        return this.#stop();
      case "run":
        await runCommand({ argv: step.argv, env: {} }, listenToNothing);
        return;
      case "copy":
        return copyWhole(step.from, step.to);
      case "countLost":
        this.#lost += lostIn(step);
        return;
      case "readLost":
        this.#lost += Number(readFileSync(step.path, "utf8")) || 0;
    }
  }

  #makeInstance(path: string): void {
    try {
      mkdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const cure = `another capture of this name runs; if none does, one was killed: rmdir ${path}`;
      throw new TraceError({ file: path }, "invalid", "place of the recording: it is there", cure, { cause: error });
    }
    this.#undo.push(() => removeInstance(path));
  }

  async #start(step: Extract<Step, { does: "start" }>): Promise<void> {
    this.#recorder = await startRecorder(step, join(this.#folder, "recorder.out"), this.#interruption);
    this.#undo.push(() => this.#recorder?.stop());
  }

  async #stop(): Promise<void> {
    const recorder = this.#recorder;
    if (recorder === null) return;
    if (!recorder.isRunning)
      throw new TraceError(
        { file: "recorder" },
        "invalid",
        `end of the recording: it ended before the command did: ${recorder.said()}`,
        "the trace lacks what came later; record it again",
      );
    await recorder.stop();
  }
}

const listenToNothing: Interruption = { signal: null, each: () => () => {}, end: () => {} };

function put(path: string, text: string): void {
  try {
    const file = openSync(path, constants.O_WRONLY);
    try {
      writeSync(file, `${text}\n`);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const what = `setting of the kernel: it refuses ${JSON.stringify(text)} (${code})`;
    throw new TraceError({ file: path }, "unsupported", what, "try another way of recording", { cause: error });
  }
}

/** Files of the kernel have no size: they are read to their end. */
function copyWhole(from: string, to: string): void {
  const [source, target] = [openSync(from, "r"), openSync(to, "w")];
  const bytes = Buffer.alloc(1 << 20);
  try {
    for (let length = 1; length > 0; ) {
      length = readSync(source, bytes);
      writeSync(target, bytes, 0, length);
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function lostIn({ folder, file, fields }: Extract<Step, { does: "countLost" }>): number {
  let lost = 0;
  for (const part of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, part, file), "utf8").split("\n")) {
      const [name = "", value] = line.split(": ");
      if (fields.includes(name)) lost += Number(value) || 0;
    }
  }
  return lost;
}

/** The kernel keeps it while somebody still writes into it. */
async function removeInstance(path: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return rmdirSync(path);
    } catch (error) {
      if (tries === 40) throw error;
      await wait(50);
    }
  }
}

/** The files that were recorded and have something in them. */
function recordedFiles({ recorded, format }: Plan): string[] {
  if (format !== "blktrace") return existsSync(recorded) ? [recorded] : [];
  const beginning = `${basename(recorded)}.blktrace.`;
  const names = readdirSync(dirname(recorded)).filter((name) => name.startsWith(beginning));
  return names.map((name) => join(dirname(recorded), name)).sort();
}
