/** One command of guestfish, as a line of its script says it. */
export interface GuestfishCommand {
  /** The line; more of them where a here-document follows. */
  readonly text: string;
  readonly words: readonly string[];
}

/** The label of the traced disk: device names may mean another disk in the appliance. */
const LABEL = "cap";
const TRACED_DISK = `/dev/disk/guestfs/${LABEL}`;

/** The span that libguestfs' qtrace makes. */
export const QTRACE_SPAN = "qtrace";

/** A script that adds the traced disk, starts the appliance, and marks some of the commands. */
export function guestfishScript(
  drive: readonly string[],
  commands: readonly GuestfishCommand[],
  isMarked: (command: GuestfishCommand) => boolean,
): string {
  const add = ["add-drive", ...drive, "format:raw", "discard:enable", `label:${LABEL}`].map(guestfishWord).join(" ");
  const lines = [add, "run"];
  let marking = false;
  const mark = (on: boolean) => {
    if (on !== marking) lines.push(`debug qtrace "${TRACED_DISK} ${on ? "on" : "off"}"`);
    marking = on;
  };
  for (const command of commands) {
    mark(isMarked(command));
    lines.push(command.text);
  }
  mark(false);
  return `${lines.join("\n")}\n`;
}

/** How many stretches of commands are marked: each gives one span. */
export function markedStretches(
  commands: readonly GuestfishCommand[],
  isMarked: (command: GuestfishCommand) => boolean,
): number {
  return commands.filter((command, i) => isMarked(command) && (i === 0 || !isMarked(commands[i - 1]!))).length;
}

/** Commands that a mark means begin with its words. */
export function markMatcher(marks: readonly string[]): (command: GuestfishCommand) => boolean {
  const wanted = marks.map(wordsOf);
  return ({ words }) => wanted.some((mark) => mark.length > 0 && mark.every((word, i) => words[i] === word));
}

/** The commands on guestfish's command line, which stand between colons. */
export function commandsOfWords(words: readonly string[]): GuestfishCommand[] {
  const commands: string[][] = [[]];
  for (const word of words) {
    if (word === ":") commands.push([]);
    else commands.at(-1)!.push(word);
  }
  return commands
    .filter((command) => command.length > 0)
    .map((command) => ({ text: command.map(guestfishWord).join(" "), words: command }));
}

/** The commands of a script, without comments; what begins with -<< goes on until the word behind it. */
export function commandsOfScript(script: string): GuestfishCommand[] {
  const commands: GuestfishCommand[] = [];
  const lines = script.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line === "" || line.startsWith("#")) continue;
    const end = /-<<(\w+)$/.exec(line)?.[1];
    const from = i;
    if (end !== undefined) while (i < lines.length && lines[i]!.trim() !== end) i++;
    const text = from === i ? line : [line, ...lines.slice(from + 1, i + 1)].join("\n");
    commands.push({ text, words: wordsOf(line) });
  }
  return commands;
}

/** The capture starts the appliance itself. */
export function startsAppliance({ words: [name] }: GuestfishCommand): boolean {
  return name === "run" || name === "launch";
}

/** What `-m DEVICE[:MOUNTPOINT[:OPTIONS[:FSTYPE]]]` does. */
export function mountCommand(option: string): GuestfishCommand {
  const [device = "", mountPoint = "/", options = "", type = ""] = option.split(":");
  const place = [device, mountPoint || "/"];
  if (type !== "") return ofWords(["mount-vfs", options, type, ...place]);
  return ofWords(options === "" ? ["mount", ...place] : ["mount-options", options, ...place]);
}

function ofWords(words: readonly string[]): GuestfishCommand {
  return { text: words.map(guestfishWord).join(" "), words };
}

/** A word as a line of a script has it: in double quotes with escapes, where it needs them. */
function guestfishWord(word: string): string {
  // The private folder's place comes later, and is a plain path.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it stands for that place
  if (/^[\w@%+=:,./\u0001-]+$/.test(word)) return word;
  const escaped = word.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `"${escaped}"`;
}

/** The words of a line, without their quotes. */
function wordsOf(line: string): string[] {
  const words = line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+)/g);
  return [...words].map(([, double, single, plain]) => double?.replace(/\\(.)/g, unescaped) ?? single ?? plain ?? "");
}

function unescaped(_: string, character: string): string {
  return { n: "\n", t: "\t" }[character] ?? character;
}
