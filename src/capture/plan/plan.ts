/** Stands for the private folder of a recording, which is made when the plan is carried out and removed at its end. */
export const WORK = "\u0001";

/** A program and its arguments. */
export type Argv = readonly [string, ...string[]];

/** One thing that is done, in the words of the shell's commands. */
export type Step =
  /** truncate -s BYTES PATH: a new image, sparse. */
  | { readonly does: "createImage"; readonly path: string; readonly bytes: number }
  /** cat > PATH: a file of the recording's own. */
  | { readonly does: "write"; readonly path: string; readonly text: string; readonly executable?: true }
  /** mkdir PATH, and rmdir at the end: an instance of tracefs. */
  | { readonly does: "makeInstance"; readonly path: string }
  /** echo TEXT > PATH: a setting of the kernel, or a marker. */
  | { readonly does: "put"; readonly path: string; readonly text: string }
  /** The same in the file of several folders within one. */
  | {
      readonly does: "putEach";
      readonly folder: string;
      readonly names: readonly string[];
      readonly file: string;
      readonly text: string;
    }
  /** The program that records, in the background; it records when `until` exists. */
  | { readonly does: "start"; readonly argv: Argv; readonly until: string; readonly stopWith: "SIGTERM" | "SIGINT" }
  /** Ends what was started, and waits for it. */
  | { readonly does: "stop" }
  /** Something that has to be done besides, such as sync. */
  | { readonly does: "run"; readonly argv: Argv }
  /** cat FROM > TO */
  | { readonly does: "copy"; readonly from: string; readonly to: string }
  /** The numbers behind `fields` in the files of a folder's folders: events that were lost. */
  | { readonly does: "countLost"; readonly folder: string; readonly file: string; readonly fields: readonly string[] }
  /** The number that a file holds: events that were lost. */
  | { readonly does: "readLost"; readonly path: string };

/** What is run to record a trace. */
export interface Plan {
  /** The id of the format that comes of it. */
  readonly format: "nbdkitLog" | "qemuTrace" | "ftrace" | "blktrace";
  readonly before: readonly Step[];
  /** What is traced. */
  readonly command: { readonly argv: Argv; readonly env: Readonly<Record<string, string>> };
  /** Done as well when the command fails or is interrupted. */
  readonly after: readonly Step[];
  /** What was recorded, and the trace that it becomes: a file, or all files of a set. */
  readonly recorded: string;
  readonly trace: string;
  /** The names of the spans that must be in the trace, as often as they must be there. */
  readonly spans: readonly string[];
}

/** A plan with its private folder. */
export function withFolder<T>(plan: T, folder: string): T {
  if (typeof plan === "string") return plan.replaceAll(WORK, folder) as T;
  if (Array.isArray(plan)) return plan.map((part) => withFolder(part, folder)) as T;
  if (typeof plan !== "object" || plan === null) return plan;
  return Object.fromEntries(Object.entries(plan).map(([key, part]) => [key, withFolder(part, folder)])) as T;
}
