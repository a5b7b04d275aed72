import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blkreport, emptyFolder } from "../support/site.ts";

let folder = "";
let spy = "";

beforeAll(async () => {
  folder = await emptyFolder("once");
  spy = join(folder, "spy.cjs");
  writeFileSync(spy, `require("node:module").register = () => console.log("a thread for imports");`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("writes pages without a thread that imports changed files again", async () => {
  mkdirSync(join(folder, "traces"));
  const { status, stdout, stderr } = await blkreport(["build"], {
    cwd: folder,
    env: { NODE_OPTIONS: `--require ${spy}` },
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain("files written");
});
