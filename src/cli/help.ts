import { nameAndVersion } from "../io/version.ts";
import type { Command, CommandEntry } from "./command.ts";

/** The name and version of this program, one line. */
export function version(): string {
  return `${nameAndVersion()}\n`;
}

/** What blkreport is, and its commands. */
export function generalHelp(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length));
  const lines = commands.map(({ name, usage, does }) => `  ${`${name} ${usage}`.padEnd(width)}  ${does}`);
  return `blkreport turns block-device I/O traces into a static web site.

usage: blkreport COMMAND …

${lines.join("\n")}

blkreport COMMAND --help says more. Results go to standard output, progress and messages to standard error.
Exit status: 0 done; 1 a trace could not be read or a gate failed; 2 the question was wrong.
`;
}

/** The help of one command. */
export function commandHelp({ name, usage, does }: CommandEntry, { help }: Command): string {
  return `usage: blkreport ${name} ${usage}

${does}

${help.trim()}
`;
}
