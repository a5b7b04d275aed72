import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { TraceError } from "../model/errors.ts";

/** The file in output/ that says who publishes there now. */
export const LOCK_NAME = ".blkreport-lock";
const BEAT_MS = 1000;
const LOOK_MS = 50;
/** Who publishes says each second that it still does; a lock that is silent for so long was left by a build that was killed. */
const PATIENCE_MS = 10_000;

export interface PublishLock {
  /** Says that publishing goes on. Throws where another build took the lock, since this one was silent for too long. */
  beat(): void;
}

/** Publishes when nobody else does: two builds at once give the site of one, and then that of the other. */
export function withPublishLock<T>(root: string, publish: (lock: PublishLock) => T, patienceMs = PATIENCE_MS): T {
  const path = join(root, LOCK_NAME);
  const owner = `${machine()} ${process.pid} ${randomBytes(8).toString("hex")}\n`;
  acquire(path, owner, patienceMs);
  try {
    return publish({ beat: beating(path, owner) });
  } finally {
    if (ownerOf(path)?.startsWith(owner)) rmSync(path, { force: true });
  }
}

function acquire(path: string, owner: string, patienceMs: number): void {
  let seen: string | null = null;
  let silentSince = 0;
  while (!hasMade(path, owner)) {
    const other = ownerOf(path);
    if (other !== seen) silentSince = performance.now();
    seen = other;
    const isLeft = other !== null && (isDead(other) || performance.now() - silentSince > patienceMs);
    if (isLeft && hasTakenOver(path, owner)) return;
    sleep(LOOK_MS);
  }
}

function hasMade(path: string, owner: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(file, owner);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Of several that take over at once, the last one has it; the others see that. */
function hasTakenOver(path: string, owner: string): boolean {
  write(path, owner);
  sleep(2 * LOOK_MS);
  return ownerOf(path) === owner;
}

function beating(path: string, owner: string): () => void {
  let last = performance.now();
  let beats = 0;
  let text = owner;
  return () => {
    if (performance.now() - last < BEAT_MS) return;
    if (ownerOf(path) !== text) throw takenOver(path);
    text = `${owner}${++beats}\n`;
    write(path, text);
    last = performance.now();
  };
}

function takenOver(path: string): TraceError {
  const cure = "another build publishes here; build again when it is done";
  return new TraceError({ file: path }, "invalid", "lock: it is no longer this build's", cure);
}

/** Beside and over: a lock is never half a text. */
function write(path: string, text: string): void {
  const beside = `${path}-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

function ownerOf(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

/** Whether its process is known to be gone: only of this machine's can that be said. */
function isDead(owner: string): boolean {
  const [where, pid] = owner.split(" ");
  if (where !== machine()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Where a process number means the same process: the machine since it started, and the container. Hashed: it may be published. */
function machine(): string {
  const parts = [hostname(), ...[bootId, pidNamespace].map(valueOrNothing)];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}

const bootId = () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
const pidNamespace = () => readlinkSync("/proc/self/ns/pid");

/** Only Linux has them. */
function valueOrNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
