import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { TraceError } from "../../model/errors.ts";
import { howToInstall } from "../packages.ts";

/** What a program printed. */
export interface ToolOutput {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A text of which a string can be made with room to spare. */
const MOST_BYTES = 2 ** 28;

/** Debian has them here, where only root's shell looks. */
const MORE_PATH = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Runs a program to its end, whatever its exit status; one that is not there is said with the package that brings it. */
export function runTool(
  program: string,
  args: readonly string[],
  { input = "", env = {} }: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ToolOutput> {
  const path = [process.env["PATH"] ?? "", ...MORE_PATH].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env, PATH: path, LC_ALL: "C" } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    const collect = (pieces: Buffer[]) => (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= MOST_BYTES) pieces.push(piece);
      else child.kill();
    };
    child.stdout.on("data", collect(out));
    child.stderr.on("data", collect(err));
    // A program that has heard enough closes the pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") reject(unusable(program, error.code ?? error.message));
      else reject(new TraceError({ file: program }, "missing", "program", howToInstall(program)));
    });
    child.once("close", (status) => {
      if (bytes > MOST_BYTES) reject(unusable(program, `more than ${MOST_BYTES / 2 ** 20} MiB of output`));
      else
        resolve({ status: status ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

/** The same, of a program that must have done what it was asked. */
export async function outputOf(program: string, args: readonly string[], options?: Parameters<typeof runTool>[2]) {
  const output = await runTool(program, args, options);
  if (output.status === 0) return output.stdout;
  const last = output.stderr.trim().split("\n").at(-1) || `exit status ${output.status}`;
  const said = last.startsWith(`${program}: `) ? last.slice(program.length + 2) : last;
  throw unusable(program, said);
}

function unusable(program: string, said: string): TraceError {
  return new TraceError({ file: program }, "invalid", `end: ${said}`, "run it by hand to see why");
}

/** "dumpe2fs 1.47.0". */
export function versionIn(program: string, text: string): string {
  const version = /\d+(?:\.\d+)+/.exec(text)?.[0];
  return version === undefined ? program : `${program} ${version}`;
}
