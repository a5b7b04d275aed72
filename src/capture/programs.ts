import { spawnSync } from "node:child_process";
import { constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { permits } from "../io/permits.ts";
import { TraceError } from "../model/errors.ts";
import { howToInstall } from "./packages.ts";

/** Where a shell would find a program; null: nowhere. */
export function findProgram(program: string): string | null {
  const places = program.includes("/") ? [program] : searchPath().map((folder) => join(folder, program));
  return places.find(isExecutable) ?? null;
}

/** What is missing of the programs that something needs. */
export function missingPrograms(programs: readonly string[]): TraceError[] {
  return [...new Set(programs)]
    .filter((program) => findProgram(program) === null)
    .map((program) => new TraceError({ file: program }, "missing", "program", howToInstall(baseName(program))));
}

/** "1.32.5", as the program says behind an option; null: it does not say. */
export function versionOf(program: string, option = "--version"): string | null {
  const { stdout, stderr } = ask(program, [option]);
  return /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? null;
}

/** What a program answers that does nothing else. */
export function ask(
  program: string,
  words: readonly string[],
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}

function searchPath(): string[] {
  return (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

function isExecutable(path: string): boolean {
  return permits(path, constants.X_OK) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
