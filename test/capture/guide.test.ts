import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordingGuidePage } from "../../src/report/pages/guide/recordingGuidePage.ts";
import { folder } from "../support/folders.ts";
import { MAIN } from "../support/site.ts";

const { ways } = recordingGuidePage({ title: "Traces", url: null } as Parameters<typeof recordingGuidePage>[0]);
const CAPTURES = ways.flatMap(({ id, steps }) =>
  steps.filter(({ text }) => text.includes("blkreport capture")).map(({ what, text }) => [id, what, text] as const),
);

/** The commands of the guide, where only blkreport's are there and capture says what it would run. */
function dryRun(text: string): { status: number | null; stdout: string; stderr: string } {
  const cwd = folder();
  writeFileSync(join(cwd, "test1.img"), "");
  const shell = `
    blkreport() { shift; "${process.execPath}" "${MAIN}" capture --dry-run "$@"; }
    head() { :; }; truncate() { :; }
    losetup() { echo /dev/null; }
    disk=/dev/null
    ${text}`;
  return spawnSync("sh", ["-c", shell], { cwd, encoding: "utf8" });
}

describe("the guide's worked examples", () => {
  it("are there for each way", () => {
    expect(ways.map(({ id }) => id)).toEqual(["nbdkit", "qemu", "ftrace", "blktrace"]);
    for (const { id } of ways) expect(CAPTURES.some(([way]) => way === id)).toBe(true);
  });

  it.each(CAPTURES)("%s: %s", (_, __, text) => {
    const { status, stdout } = dryRun(text);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^#!\/bin\/sh\n/);
    expect(stdout).toMatch(/\nmkdir -p traces\/\w+\n/);
  });
});
