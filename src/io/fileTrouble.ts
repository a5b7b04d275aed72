import { TraceError } from "../model/errors.ts";

const CURES: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: make room, or name another one",
  EDQUOT: "the quota of its disk is used up: make room, or name another one",
  EFBIG: "a file may not be so large there: raise the limit (ulimit -f), or name another one",
  EROFS: "it is read-only: name another one",
  EIO: "its disk fails: look into the kernel's log, and name another one",
  EMFILE: "too many files are open: raise the limit (ulimit -n), or give fewer --jobs",
  ENFILE: "too many files are open: close other programs, or give fewer --jobs",
};
const OTHERWISE = "make it readable and writable, or name another one";

interface Refusal {
  readonly code: string;
  readonly path: string | undefined;
}

/** What the operating system refuses, said in words: no permission, no space, a disk that fails. null for any other error. */
export function fileTrouble(error: unknown, place?: string): TraceError | null {
  const refusal = refusalIn(error);
  if (refusal === null) return null;
  const { code, path = place ?? "disk" } = refusal;
  const cure = CURES[code] ?? OTHERWISE;
  return new TraceError({ file: path }, "invalid", `place for files: ${code}`, cure, { cause: error });
}

/** An error keeps neither its class nor its fields on the way from a worker, but it keeps its cause. */
export function keepingRefusal(error: unknown): unknown {
  const refusal = refusalIn(error);
  return refusal === null ? error : new Error((error as Error).message, { cause: { ...refusal, syscall: "" } });
}

/** What a system call gave, or what lay below the error that a library made of it. */
function refusalIn(error: unknown): Refusal | null {
  for (let at = error; typeof at === "object" && at !== null; at = causeOf(at)) {
    const { code, syscall, path } = at as { code?: unknown; syscall?: unknown; path?: unknown };
    if (typeof code === "string" && typeof syscall === "string")
      return { code, path: typeof path === "string" ? path : undefined };
  }
  return null;
}

function causeOf(error: object): unknown {
  const { cause, originalError } = error as { cause?: unknown; originalError?: unknown };
  return cause ?? originalError;
}
