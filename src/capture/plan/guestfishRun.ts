import { AskedWrongly } from "./askedWrongly.ts";
import {
  commandsOfScript,
  commandsOfWords,
  type GuestfishCommand,
  guestfishScript,
  markedStretches,
  markMatcher,
  mountCommand,
  QTRACE_SPAN,
  startsAppliance,
} from "./guestfish.ts";
import { type Argv, type Step, WORK } from "./plan.ts";
import type { Question } from "./question.ts";

/** guestfish with the traced disk. */
interface GuestfishRun {
  readonly step: Step;
  readonly argv: Argv;
  readonly env: Readonly<Record<string, string>>;
  readonly spans: readonly string[];
}

/** What capture says to guestfish where the user's own environment does not. */
export const GUESTFISH_ENV = { LIBGUESTFS_BACKEND: "direct" } as const;

/** Runs the user's commands on a disk that the words of `drive` add. */
export function guestfishRun(question: Question, drive: readonly string[]): GuestfishRun {
  const { options, commands } = guestfishCommands(question);
  const isMarked = markMatcher(question.marks);
  assertMarked(question.marks, commands);
  const path = `${WORK}/guestfish.script`;
  return {
    step: { does: "write", path, text: guestfishScript(drive, commands, isMarked) },
    argv: [question.command[0], ...options, "-f", path],
    env: GUESTFISH_ENV,
    spans: Array(markedStretches(commands, isMarked)).fill(QTRACE_SPAN),
  };
}

const PASSED_ON = new Set(["-x", "-v", "--verbose", "--progress-bars", "--no-progress-bars", "--pipe-error"]);
const WITH_VALUE = new Map([
  ["-m", "mount"],
  ["--mount", "mount"],
  ["-f", "file"],
  ["--file", "file"],
]);

/** What the user's guestfish does, beside the disk: its options, and its commands with those that options stand for. */
export function guestfishCommands({ command, guestfishInput }: Pick<Question, "command" | "guestfishInput">): {
  readonly options: readonly string[];
  readonly commands: readonly GuestfishCommand[];
} {
  const { options, mounts, words } = parsed(command.slice(1));
  const given = words.length > 0 ? commandsOfWords(words) : commandsOfScript(guestfishInput ?? "");
  const commands = [...mounts.map(mountCommand), ...given.filter((one) => !startsAppliance(one))];
  if (commands.length === 0 && guestfishInput === null)
    throw new AskedWrongly("missing commands of guestfish: behind its name, in a file (-f), or on standard input");
  return { options, commands };
}

/** The file in which guestfish's commands stand, as its options say. */
export function guestfishFile(command: Argv): string | null {
  const { words, file } = parsed(command.slice(1));
  return words.length > 0 ? null : file;
}

/** Whether guestfish's commands come from its command line. */
export function hasGuestfishWords(command: Argv): boolean {
  return parsed(command.slice(1)).words.length > 0;
}

function parsed(words: readonly string[]) {
  const options: string[] = [];
  const mounts: string[] = [];
  let file: string | null = null;
  let i = 0;
  for (; i < words.length && words[i]!.startsWith("-"); i++) {
    const option = words[i]!;
    const meaning = WITH_VALUE.get(option);
    if (option === "--") {
      i++;
      break;
    }
    if (PASSED_ON.has(option)) options.push(option);
    else if (meaning !== undefined) {
      const value = words[++i];
      if (value === undefined) throw new AskedWrongly(`missing value of guestfish's ${option}`);
      if (meaning === "mount") mounts.push(value);
      else file = value;
    } else
      throw new AskedWrongly(
        `unsupported guestfish option "${option}": capture adds the disk and starts the appliance; say it as a command, or with -m`,
      );
  }
  return { options, mounts, words: words.slice(i), file };
}

function assertMarked(marks: readonly string[], commands: readonly GuestfishCommand[]): void {
  for (const mark of marks) {
    const isMeant = markMatcher([mark]);
    if (commands.some(isMeant)) continue;
    const known = commands.map(({ text }) => text.split("\n")[0]).join("; ");
    throw new AskedWrongly(`unknown --mark '${mark}': no command begins so; there are: ${known}`);
  }
}
