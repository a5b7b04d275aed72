import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { discover, joined } from "../../src/io/discover.ts";
import { fileBytes } from "../../src/io/fileBytes.ts";
import { filesBeside, namedSource } from "../../src/io/named.ts";
import { uniqueSlugs } from "../../src/io/slug.ts";
import { readFoundText, readNamedText } from "../../src/io/textFile.ts";
import { findSources } from "../../src/work/sources.ts";
import { folder } from "../support/folders.ts";

const bytesOf = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part))));

/** A file whose name is bytes. */
function writeNamed(root: string, name: Buffer): void {
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), "x");
}

describe("names", () => {
  it("that are no UTF-8 are refused with their bytes, as files and as folders", () => {
    const root = folder({ "good.qtr": "", "was-\uFFFD.qtr": "" });
    writeNamed(root, bytesOf("caf", 0xe9, ".qtr"));
    mkdirSync(bytesOf(`${root}/`, 0xff, "é"));
    mkdirSync(join(root, "deep"));
    writeNamed(join(root, "deep"), bytesOf("a", 0xed, 0xa0, 0x80));
    const { sources, notices } = discover(root);
    expect(sources.map(({ path }) => path)).toEqual(["good.qtr", "was-\uFFFD.qtr"]);
    expect(notices).toEqual([
      "\\xffé is passed over: its name is not UTF-8; rename it",
      "caf\\xe9.qtr is passed over: its name is not UTF-8; rename it",
      "deep/a\\xed\\xa0\\x80 is passed over: its name is not UTF-8; rename it",
    ]);
  });

  it("that are no UTF-8 are called so where the command line names them", () => {
    const root = folder();
    writeNamed(root, bytesOf("caf", 0xe9, ".qtr"));
    expect(() => namedSource(join(root, "caf\uFFFD.qtr"))).toThrow(
      `${root}/caf\\xe9.qtr: unsupported name: it is not UTF-8; rename the file`,
    );
    expect(() => namedSource(join(root, "gone\uFFFD"))).toThrow("missing file; check its name");
  });

  it("of every other kind are published, each under a slug of its own", () => {
    const long = `${"n".repeat(251)}.qtr`;
    const names = [
      "a\nb.qtr",
      "-rf.qtr",
      "...",
      "x%2e%2e",
      "a b.qtr",
      "a?b#c.qtr",
      "<b>.qtr",
      "CON",
      "nul.qtr",
      "index",
    ];
    const root = folder(
      Object.fromEntries([...names, long, "compare/assets", "A.qtr", "a.qtr"].map((name) => [name, ""])),
    );
    const { sources, notices } = discover(root);
    // What begins with a dot is hidden.
    expect(sources.length).toBe(names.length + 4 - 1);
    expect(notices).toEqual([]);
    const { slugs } = uniqueSlugs(sources.map(({ path }) => path));
    expect(new Set(slugs).size).toBe(sources.length);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(sources.find(({ path }) => path === long)?.sideFile).toBeNull();
  });
});

describe("slugs", () => {
  it("leave room for a number in a file name that holds two of them", () => {
    const paths = Array.from({ length: 11 }, (_, i) => `${"x".repeat(300)}${i}`);
    const longest = Math.max(...uniqueSlugs(paths).slugs.map(({ length }) => length));
    expect(`${"0".repeat(2 * longest)}..`.length).toBeLessThan(256);
  });

  it("of a hundred thousand traces that would share one take no longer than others", () => {
    const paths = Array.from(
      { length: 100_000 },
      (_, i) => `日本/${String.fromCharCode(0x4e00 + (i % 20_000))}${"。".repeat(i / 20_000)}`,
    );
    const before = process.cpuUsage();
    const { slugs } = uniqueSlugs(paths);
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
    expect(slugs.slice(0, 3)).toEqual(["trace", "trace-2", "trace-3"]);
    expect(new Set(slugs).size).toBe(100_000);
  });
});

describe("a folder of traces", () => {
  it("takes its configuration from a file in it and from nowhere else", async () => {
    const elsewhere = folder({ "secret.json": "{}" });
    const linked = folder();
    symlinkSync(join(elsewhere, "secret.json"), join(linked, "blkreport.json"));
    await expect(findSources(linked)).rejects.toThrow("blkreport.json: unsupported link out of the folder; put a copy");
    const piped = folder();
    execFileSync("mkfifo", [join(piped, "blkreport.json")]);
    await expect(findSources(piped)).rejects.toThrow(
      "blkreport.json: invalid file: it is a pipe, a device or a folder",
    );
  });

  it("is left by no link, and links that go round in it end", () => {
    const root = folder({ "a.qtr": "" });
    symlinkSync("b", join(root, "a"));
    symlinkSync("a", join(root, "b"));
    symlinkSync("/dev/zero", join(root, "zero"));
    symlinkSync(root, join(root, "self"));
    expect(discover(root).sources.map(({ path }) => path)).toEqual(["a.qtr"]);
    expect(discover(root).notices).toEqual([
      "a is passed over: it is a link to nothing",
      "b is passed over: it is a link to nothing",
      "self is passed over: it is a link out of the folder",
      "zero is passed over: it is a link out of the folder",
    ]);
  });

  // Root may read everything.
  it.runIf(process.getuid?.() === 0)("that nobody may read, and files in it, are named", () => {
    const root = folder({ "closed/a.qtr": "", "locked.qtr": "", "open.qtr": "" });
    execFileSync("chmod", ["755", root]);
    execFileSync("chmod", ["000", join(root, "closed"), join(root, "locked.qtr")]);
    const program = `
      import { walk } from ${JSON.stringify(join(import.meta.dirname, "../../dist/io/walk.js"))};
      process.setuid(65534);
      console.log(JSON.stringify(walk(${JSON.stringify(root)})));`;
    const walked = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    expect(JSON.parse(walked)).toEqual({
      files: ["open.qtr"],
      notices: ["closed is passed over: the folder cannot be read", "locked.qtr is passed over: it cannot be read"],
    });
  });
});

describe("sets that side files join", () => {
  const setsIn = (root: string, sets: Readonly<Record<string, readonly string[]>>) =>
    joined(discover(root), ({ path }) => sets[path] ?? []);

  it("lead nowhere else", () => {
    const root = folder({ "x/a.blktrace.0": "", "x/a.json": "", "b.blktrace.0": "" });
    const { sources, notices } = setsIn(root, { "x/a": ["../b", "/etc/passwd", "a", "x/a"] });
    expect(sources.map(({ files }) => files.map(({ name }) => name))).toEqual([["b.blktrace.0"], ["x/a.blktrace.0"]]);
    expect(notices).toHaveLength(4);
    for (const set of ["../b", "/etc/passwd", "a", ""])
      expect(filesBeside(join(root, "x/a"), set)).toBeTypeOf("string");
  });

  it("stay where they join each other, or one of them is joined twice", () => {
    const root = folder({ "a.blktrace.0": "", "b.blktrace.0": "", "c.blktrace.0": "", "d.blktrace.0": "" });
    const around = setsIn(root, { a: ["b"], b: ["a"], c: ["d", "d"] });
    expect(around.sources.map(({ path, files }) => [path, files.length])).toEqual([["a", 1], ["b", 1], ["c", 2]]); // biome-ignore format: a row each
    expect(around.notices).toEqual([" joins b, which joins others itself", " joins a, which joins others itself"]);
    const twice = setsIn(root, { a: ["d"], b: ["d"] });
    expect(twice.sources.map(({ path, files }) => [path, files.length])).toEqual([["a", 2], ["b", 1], ["c", 1]]); // biome-ignore format: a row each
    expect(twice.notices).toEqual([" joins d, which is joined already"]);
  });

  it("and side files may be no links out of the folder", () => {
    const root = folder({ "a.qtr": "", "sda.blktrace.0": "" });
    const elsewhere = folder({ secret: "{}" });
    symlinkSync(join(elsewhere, "secret"), join(root, "a.qtr.json"));
    symlinkSync(join(elsewhere, "secret"), join(root, "sdb.blktrace.0"));
    const link = "unsupported link out of the folder; put a copy in its place";
    expect(() => namedSource(join(root, "a.qtr"))).toThrow(`a.qtr.json: ${link}`);
    expect(() => filesBeside(join(root, "sda"), "sdb")).toThrow(`sdb.blktrace.0: ${link}`);
    expect(namedSource(join(root, "sdb")).files).toHaveLength(1);
  });
});

describe("what is no file", () => {
  it("is read where the command line names it, and nowhere else", async () => {
    const root = folder();
    const pipe = join(root, "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(fileBytes(pipe, "pipe").next()).rejects.toThrow("pipe: invalid file: it is a pipe; put what it gives");
    expect(() => readFoundText(pipe, "pipe")).toThrow("pipe: invalid file: it is a pipe, a device or a folder");
    expect(() => readFoundText("/dev/zero", "zero")).toThrow("zero: invalid file: it is a pipe, a device or a folder");
    expect(() => readNamedText("/dev/zero")).toThrow("/dev/zero: unsupported file of more than 64 MiB");
    expect(() => readNamedText(join(root, "gone"))).toThrow("gone: missing file; check its name");
    expect(readdirSync(root)).toEqual(["pipe"]);
  });

  it("is a text that is too long", () => {
    const root = folder();
    writeFileSync(join(root, "a.json"), "");
    truncateSync(join(root, "a.json"), 2 ** 30);
    expect(() => readFoundText(join(root, "a.json"), "a.json")).toThrow("a.json: unsupported file of more than 64 MiB");
  });
});
