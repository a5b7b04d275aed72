import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

/** FUZZ_SEED asks for other inputs. */
const SEED = process.env["FUZZ_SEED"] ?? "20";
const INPUTS = 10_000;

const found = mkdtempSync(join(tmpdir(), "blkreport-fuzz-found-"));
afterAll(() => rmSync(found, { recursive: true, force: true }));

function run(...words: string[]): Promise<{ status: number | null; text: string }> {
  const child = spawn(process.execPath, ["test/fuzz/run.mjs", "--save", found, ...words]);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (text += String(piece)));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, text })));
}

it(`takes or refuses ${INPUTS} damaged files in words that help, each within a second and in bounded memory`, async () => {
  const { status, text } = await run("--inputs", `${INPUTS}`, "--seed", SEED, "--deep", "250");
  expect(text).toMatch(new RegExp(`^seed ${SEED}, inputs 0 to ${INPUTS - 1}\\n`));
  for (const target of ["trace", "side-file", "summary", "stored", "site", "gates", "manifest"])
    expect(text).toMatch(new RegExp(`^${target} refused: \\d+\\n${target} taken: \\d+`, "m"));
  expect(text).toContain("0 faults found");
  expect(status).toBe(0);
}, 900_000);
