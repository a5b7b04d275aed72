import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { TraceError } from "../model/errors.ts";
import type { Interruption } from "./interruption.ts";
import type { Argv, Step } from "./plan/plan.ts";

const POLL_MS = 25;
const LONGEST_START_MS = 30_000;
/** blktrace may say so and not end. */
const FAILED = /\bfailed\b/i;
/** A program that was asked to end has so long. */
const PATIENCE_MS = 10_000;
/** Between the moment when a recorder can be seen and that when it records. */
const SETTLE_MS = 200;

/** A program in the background, which others wait for. */
export interface Recorder {
  readonly isRunning: boolean;
  /** Asks it to end, and waits until it did. */
  stop(): Promise<void>;
  /** What it said, in one line. */
  said(): string;
}

/** Starts a recorder, and waits until it records or that is interrupted. */
export async function startRecorder(
  { argv, until, stopWith }: Extract<Step, { does: "start" }>,
  output: string,
  interruption: Interruption,
): Promise<Recorder> {
  if (existsSync(until))
    throw new TraceError({ file: until }, "invalid", "state: something records there already", "end that first");
  const file = openSync(output, "w");
  const child = spawnGroup(argv, { stdio: ["ignore", file, file] });
  closeSync(file);
  const said = () => readFileSync(output, "utf8").trim().split("\n").slice(0, 3).join("; ");
  const ended = endOf(child);
  const recorder: Recorder = {
    get isRunning() {
      return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
    },
    async stop() {
      if (!recorder.isRunning) return;
      signalGroup(child, stopWith);
      const late = setTimeout(() => signalGroup(child, "SIGKILL"), PATIENCE_MS);
      await ended;
      clearTimeout(late);
    },
    said,
  };
  const latest = performance.now() + LONGEST_START_MS;
  while (!existsSync(until)) {
    if (!recorder.isRunning || performance.now() > latest || FAILED.test(said())) {
      await recorder.stop();
      throw failedStart(argv[0], said());
    }
    if (interruption.signal !== null) return recorder;
    await wait(POLL_MS);
  }
  await wait(SETTLE_MS);
  if (!recorder.isRunning) throw failedStart(argv[0], said());
  return recorder;
}

function failedStart(program: string, said: string): TraceError {
  return new TraceError({ file: program }, "invalid", `start of the recording: ${said || "it ended"}`, cureOf(said));
}

function cureOf(said: string): string {
  if (/not permitted|denied/i.test(said))
    return "this kernel or container refuses it, even to root: try --via ftrace, or record in a virtual machine";
  if (/busy/i.test(said)) return "something else traces this disk: end that first";
  return "see what it says; --dry-run prints the commands, to try them by hand";
}

/**
 * Runs what is traced, in a process group of its own: an interruption ends it with all that it started. Gives its exit
 * status as a shell has it.
 */
export async function runCommand(
  { argv, env }: { readonly argv: Argv; readonly env: Readonly<Record<string, string>> },
  interruption: Interruption,
): Promise<number> {
  // A group in the background cannot read from a terminal.
  const stdin = process.stdin.isTTY ? "ignore" : "inherit";
  const child = spawnGroup(argv, { stdio: [stdin, "inherit", "inherit"], env: { ...process.env, ...env } });
  const timers: NodeJS.Timeout[] = [];
  const stopListening = interruption.each((signal, times) => {
    signalGroup(child, times > 1 ? "SIGKILL" : signal);
    timers.push(setTimeout(() => signalGroup(child, "SIGTERM"), PATIENCE_MS / 2));
    timers.push(setTimeout(() => signalGroup(child, "SIGKILL"), PATIENCE_MS));
  });
  try {
    await endOf(child);
  } finally {
    stopListening();
    for (const timer of timers) clearTimeout(timer);
    if (interruption.signal !== null) signalGroup(child, "SIGKILL");
  }
  return child.exitCode ?? 128 + (constants.signals[child.signalCode ?? "SIGKILL"] ?? 0);
}

function spawnGroup([program, ...words]: Argv, options: SpawnOptions): ChildProcess {
  return spawn(program, words, { ...options, detached: true });
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
}

/** To a program and to all that it started. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
