import { AskedWrongly } from "./askedWrongly.ts";
import type { Question } from "./question.ts";

/** What the kernel says of a disk. */
export interface BlockDevice {
  /** As sysfs and debugfs call it: "nvme0n1". */
  readonly name: string;
  readonly path: string;
  readonly major: number;
  readonly minor: number;
}

/** What marks the whole command in a trace of the kernel. */
export function markOf({ marks, via }: Question): string | null {
  if (marks.length > 1)
    throw new AskedWrongly(
      `unsupported second --mark: with --via ${via} it is the name of one span, around the command; mark parts with: echo begin NAME > "$BLKREPORT_MARKS"`,
    );
  const [mark] = marks;
  if (mark !== undefined && !/^[\w.-]+( [\w.-]+)*$/.test(mark))
    throw new AskedWrongly(`invalid --mark "${mark}": a name of letters, digits, dots and hyphens`);
  return mark ?? null;
}
