import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { blkreport, MAIN, startBlkreport } from "../support/site.ts";
import { hashesIn, problemsIn } from "./sites.ts";

/*
 * The program as people run it, and what happens to it. Two sites of the same folder, before and after: a trace gets
 * another title, and one goes. Each is built once untouched; whatever happens to other builds of them, in the end they
 * must be the same, byte for byte.
 */
const TRACE = "S 2048\nR 0 8\nW 64 8\nW 72 16\n";
const BEFORE = { "a.qtr": TRACE, "old.qtr": "S 2048\nW 1 8\n" };
const AFTER = { "a.qtr": TRACE, "a.qtr.json": '{ "title": "Another title" }' };

let root: string;
let coldMs: number;
const untouched: Record<"before" | "after", ReadonlyMap<string, string>> = { before: new Map(), after: new Map() };

const argsOf = (site: string, output: string, cache: string) => [
  "build",
  "--traces",
  site,
  "--output",
  output,
  "--cache",
  cache,
  "--jobs",
  "1",
];
const build = (site: string, output: string, cache: string) => blkreport(argsOf(site, output, cache), { cwd: root });

/** An output folder of the test's own, with the site before in it. */
function published(output: string): void {
  cpSync(join(root, "output-before"), join(root, output), { recursive: true });
}
function problems(output: string): readonly string[] {
  return problemsIn(join(root, output), [untouched.before, untouched.after]);
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "blkreport-faults-"));
  for (const [site, files] of Object.entries({ before: BEFORE, after: AFTER })) {
    mkdirSync(join(root, site));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, site, name), text);
  }
  for (const site of ["before", "after"] as const) {
    const started = performance.now();
    const { status, stderr } = await build(site, `output-${site}`, "cache");
    expect(status, stderr).toBe(0);
    if (site === "before") coldMs = performance.now() - started;
    untouched[site] = hashesIn(join(root, `output-${site}`));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Kills a build some time after it has started, or after it has taken the lock to publish. */
async function killed(args: readonly string[], afterMs: number, lock: string | null): Promise<boolean> {
  const lockText = () => (lock !== null && existsSync(join(root, lock)) ? readFileSync(join(root, lock), "utf8") : "");
  const before = lockText();
  const child = startBlkreport(args, { cwd: root, stdio: "ignore" });
  const ended = once(child, "exit");
  while (lock !== null && child.exitCode === null && ["", before].includes(lockText())) await pause(1);
  await Promise.race([ended, pause(afterMs)]);
  child.kill("SIGKILL");
  await ended;
  return child.signalCode === "SIGKILL";
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe("a build that is killed", () => {
  it("at any time leaves whole pages whose links resolve, and the next one ends as if nothing had been", async () => {
    published("killed");
    let kills = 0;
    for (const share of [0.2, 0.4, 0.5, 0.6, 0.8]) {
      if (await killed(argsOf("after", "killed", "killed-cache"), share * coldMs, null)) kills++;
      expect(problems("killed"), `after ${share} of the time`).toEqual([]);
    }
    expect(kills).toBeGreaterThan(2);
    const { status, stderr } = await build("after", "killed", "killed-cache");
    expect(status, stderr).toBe(0);
    expect(hashesIn(join(root, "killed"))).toEqual(untouched.after);
  });

  it("while it publishes, too", async () => {
    published("publishing");
    let kills = 0;
    for (const [i, ms] of [0, 2, 5, 10, 15, 20, 30, 40, 60].entries()) {
      const site = i % 2 === 0 ? "after" : "before";
      if (await killed(argsOf(site, "publishing", "cache"), ms, "publishing/.blkreport-lock")) kills++;
      expect(problems("publishing"), `${ms} ms after the first step`).toEqual([]);
    }
    expect(kills).toBeGreaterThan(3);
    expect((await build("after", "publishing", "cache")).status).toBe(0);
    expect(hashesIn(join(root, "publishing"))).toEqual(untouched.after);
  });
});

describe("two builds at once", () => {
  it("of different traces on the same output give one whole site", async () => {
    published("both");
    for (let round = 0; round < 4; round++) {
      const results = await Promise.all([build("before", "both", "cache"), build("after", "both", "cache")]);
      expect(results.map(({ status }) => status)).toEqual([0, 0]);
      const found = JSON.stringify([...hashesIn(join(root, "both"))]);
      expect([untouched.before, untouched.after].map((site) => JSON.stringify([...site]))).toContain(found);
    }
  });
});

/** Makes a small disk for a test, or says that this may not be done here. */
function smallDisk(name: string, size: string): string | null {
  const place = join(root, name);
  mkdirSync(place);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "none", place], { stdio: "ignore" });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync("umount", ["-l", place]));
  return name;
}

describe("a disk", () => {
  it("that is full keeps the site that it had, whole as far as it came, and the next build mends it", async ({
    skip,
  }) => {
    const disk = smallDisk("full", "40m");
    if (disk === null) return skip();
    expect((await build("before", `${disk}/output`, "cache")).status).toBe(0);
    const room = () => execFileSync("df", ["--output=avail", join(root, disk)], { encoding: "utf8" });
    const ballast = Number(room().split("\n")[1]) - 40;
    writeFileSync(join(root, disk, "ballast"), Buffer.alloc(Math.max(0, ballast) * 1024));
    const { status, stderr } = await build("after", `${disk}/output`, "cache");
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/: invalid place for files: ENOSPC; the disk is full: make room/),
    ]);
    expect(stderr).not.toContain("    at ");
    expect(problems(`${disk}/output`)).toEqual([]);
    rmSync(join(root, disk, "ballast"));
    expect((await build("after", `${disk}/output`, "cache")).status).toBe(0);
    expect(hashesIn(join(root, disk, "output"))).toEqual(untouched.after);
  });

  it("that is full below the cache leaves the site as it is, and nothing wrong in the cache", async ({ skip }) => {
    const disk = smallDisk("full-cache", "1200k");
    if (disk === null) return skip();
    published("kept");
    const { status, stderr } = await build("after", "kept", `${disk}/cache`);
    expect([status, stderr]).toEqual([1, expect.stringContaining("ENOSPC; the disk is full: make room")]);
    expect(stderr).not.toContain("    at ");
    expect(hashesIn(join(root, "kept"))).toEqual(untouched.before);
    execFileSync("mount", ["-o", "remount,size=200m", join(root, disk)]);
    expect((await build("after", "kept", `${disk}/cache`)).status).toBe(0);
    expect(hashesIn(join(root, "kept"))).toEqual(untouched.after);
  });

  it("that is mounted as the output folder is published into", async ({ skip }) => {
    const disk = smallDisk("mounted", "40m");
    if (disk === null) return skip();
    expect((await build("after", disk, "cache")).status).toBe(0);
    expect(hashesIn(join(root, disk))).toEqual(untouched.after);
    expect((await build("before", disk, "cache")).status).toBe(0);
    expect(hashesIn(join(root, disk))).toEqual(untouched.before);
  });

  it("that is read-only is no output, and as a cache it is left out", async ({ skip }) => {
    const disk = smallDisk("read-only", "40m");
    if (disk === null) return skip();
    execFileSync("mount", ["-o", "remount,ro", join(root, disk)]);
    const refused = await build("before", `${disk}/output`, "cache");
    expect([refused.status, refused.stderr]).toEqual([
      1,
      `blkreport: ${disk}/output: invalid place for files: EROFS; it is read-only: name another one\n`,
    ]);
    const args = ["summary", "--traces", "before", "-o", "summaries", "--cache", `${disk}/cache`, "--jobs", "1"];
    const temporary = mkdtempSync(join(root, "tmp-"));
    const { status, stderr } = await blkreport(args, { cwd: root, env: { TMPDIR: temporary } });
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(`${disk}/cache cannot be written (EROFS): nothing is kept for the next build`),
    ]);
    expect(readFileSync(join(root, "summaries/a/summary.json"), "utf8")).toBe(
      readFileSync(join(root, "output-before/traces/a/summary.json"), "utf8"),
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("where files may not grow (ulimit -f) gives a message, and nothing is published", async () => {
    published("limited");
    const line = `ulimit -f 8; exec "$0" "$@"`;
    const child = spawn("bash", ["-c", line, process.execPath, MAIN, ...argsOf("after", "limited", "limited-cache")], {
      cwd: root,
    });
    const text: Buffer[] = [];
    child.stderr.on("data", (piece: Buffer) => text.push(piece));
    const [status] = await once(child, "close");
    expect([status, Buffer.concat(text).toString()]).toEqual([
      1,
      expect.stringMatching(/invalid place for files: EFBIG; /),
    ]);
    expect(hashesIn(join(root, "limited"))).toEqual(untouched.before);
  });
});

describe("a cache", () => {
  /** What a crash, a bad disk and a curious person make of a file. */
  const DAMAGES: readonly ((file: string, content: Buffer) => void)[] = [
    (file, content) => writeFileSync(file, content.subarray(0, content.length >> 1)),
    (file) => writeFileSync(file, ""),
    (file, content) => {
      if (content.length > 0) content[content.length >> 1]! ^= 1;
      writeFileSync(file, content);
    },
    (file) => rmSync(file),
    (file) => {
      rmSync(file);
      mkdirSync(join(file, "folder"), { recursive: true });
    },
  ];

  it("of which every entry is damaged gives the same site", async () => {
    cpSync(join(root, "cache"), join(root, "damaged"), { recursive: true });
    for (const [i, path] of [...hashesIn(join(root, "damaged")).keys()].entries()) {
      const file = join(root, "damaged", path);
      DAMAGES[i % DAMAGES.length]!(file, readFileSync(file));
    }
    published("from-damaged");
    const { status, stderr } = await build("after", "from-damaged", "damaged");
    expect(status, stderr).toBe(0);
    expect(hashesIn(join(root, "from-damaged"))).toEqual(untouched.after);
  });

  it("in which pictures changed is found out, by pages in one file too, and mended without being asked", async () => {
    cpSync(join(root, "cache"), join(root, "pictures"), { recursive: true });
    const shown = new Set([...untouched.after].flatMap(([path, hash]) => (path.startsWith("traces/a/") ? hash : [])));
    const kept = [...hashesIn(join(root, "pictures"))].filter(
      ([path, hash]) => path.endsWith(".svg") && shown.has(hash),
    );
    expect(kept.length).toBeGreaterThan(0);
    for (const [path] of kept) DAMAGES[2]!(join(root, "pictures", path), readFileSync(join(root, "pictures", path)));
    rmSync(join(root, "pictures/report"), { recursive: true });
    const { status, stderr } = await build("after", "from-pictures", "pictures");
    expect(status, stderr).toBe(0);
    expect(hashesIn(join(root, "from-pictures"))).toEqual(untouched.after);
  });
});

describe("an output folder", () => {
  it.each([
    ["/proc/x", /^blkreport: \/proc\/x: invalid place for files: E\w+; /],
    ["before/a.qtr", /^blkreport: before\/a\.qtr: invalid output folder: it is a file; /],
    ["before/site", /^blkreport: before\/site: invalid output folder: it lies in the folder of traces; /],
    ["foreign", /^blkreport: foreign\/mine\.txt: unknown file in the output folder; /],
    ["dangling", /^blkreport: dangling: invalid place for files: E\w+; /],
    ["round", /^blkreport: round: invalid place for files: ELOOP; /],
  ])("that cannot be one is refused at once: %s", async (output, message) => {
    mkdirSync(join(root, "foreign"), { recursive: true });
    writeFileSync(join(root, "foreign/mine.txt"), "mine");
    for (const [name, to] of [
      ["dangling", "nowhere/at/all"],
      ["round", "round"],
    ] as const) {
      rmSync(join(root, name), { force: true });
      symlinkSync(to, join(root, name));
    }
    const { status, stderr } = await build("before", output, "unused-cache");
    expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(existsSync(join(root, "unused-cache"))).toBe(false);
    expect(readFileSync(join(root, "foreign/mine.txt"), "utf8")).toBe("mine");
  });
});
