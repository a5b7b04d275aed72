import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { promisify } from "node:util";

export const ROOT = join(import.meta.dirname, "../..");
export const MAIN = join(ROOT, "dist/bundle/main.js");
const run = promisify(execFile);

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled command line as a user would. */
export async function blkreport(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const settings = { maxBuffer: 1 << 28, cwd: options.cwd ?? ROOT, env: { ...process.env, ...options.env } };
  try {
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...args], settings);
    return { status: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

/** The same, for whoever does not wait for its end. */
export function startBlkreport(args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], options);
}

/** A new empty folder below the system's temporary one. */
export function emptyFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `blkreport-${name}-`));
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Serves a folder on the loopback interface, as a plain web server would. */
export async function serve(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as { port: number };
  return { server, url: `http://127.0.0.1:${address.port}` };
}
