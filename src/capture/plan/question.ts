import type { Argv } from "./plan.ts";

export const WAYS = ["nbdkit", "qemu", "ftrace", "blktrace"] as const;
export type Way = (typeof WAYS)[number];

/** What is asked for. */
export interface Question {
  readonly via: Way;
  /** Where the trace goes, without its ending: "traces/guestfish/write-hello". */
  readonly place: string;
  /** The image, for nbdkit and for the guestfish of qemu. */
  readonly disk: string | null;
  /** The size of an image that is made first. */
  readonly createBytes: number | null;
  /** The block device, for ftrace and blktrace. */
  readonly device: string | null;
  /** guestfish: commands to mark; ftrace and blktrace: the name of the span. */
  readonly marks: readonly string[];
  /** The kernel's buffers, of all CPUs together. */
  readonly bufferBytes: number;
  /** What is traced. */
  readonly command: Argv;
  /** What guestfish reads, where it is not on its command line. */
  readonly guestfishInput: string | null;
}

/** The name of a program without its folder. */
export function programOf([program]: Argv): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

export function isGuestfish(command: Argv): boolean {
  return programOf(command) === "guestfish";
}

/** The command as people know it, without the parts that the recording adds. */
export const URI_WORD = "{uri}";
