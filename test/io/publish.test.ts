import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openHashes } from "../../src/io/hashes.ts";
import { MANIFEST_NAME } from "../../src/io/manifest.ts";
import { assertPublishable, type PlannedFile, type PublishEffects, publish } from "../../src/io/publish.ts";
import { LOCK_NAME } from "../../src/io/publishLock.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { contents, folder, write } from "../support/folders.ts";

const page = (path: string, ...links: string[]): PlannedFile => ({
  path,
  class: path === "index.html" ? "catalogue" : "page",
  source: { text: links.map((link) => `<a href="${link}">x</a>\n`).join("") },
});
const asset = (path: string, text: string): PlannedFile => ({ path, class: "asset", source: { text } });

/** Two traces that link each other and the catalogue; the second differs by what is asked for. */
const site = (second: string, content = "1") => [
  page("index.html", "traces/a/index.html", `traces/${second}/index.html`),
  page("traces/a/index.html", "../../index.html", "charts/x.svg", `../${second}/index.html`),
  page(`traces/${second}/index.html`, "../a/index.html", "charts/x.svg", "../../index.html"),
  asset("traces/a/charts/x.svg", `<svg a ${content}/>`),
  asset(`traces/${second}/charts/x.svg`, `<svg ${second} ${content}/>`),
];
const texts = (plan: readonly PlannedFile[]) =>
  Object.fromEntries(plan.map(({ path, source }) => [path, "text" in source ? source.text : ""]));

function publishInto(output: string, plan: readonly PlannedFile[], effects?: PublishEffects) {
  return publish(plan, output, openHashes(join(output, "../cache")), { ...(effects && { effects }) });
}

function outputOf(output: string): Record<string, string> {
  const { [MANIFEST_NAME]: _, ...files } = contents(output);
  return files;
}

class Killed extends Error {}

/** Really writes, and stops for good before operation `last`. A killed write leaves half a file. */
function killedAfter(last: number): { effects: PublishEffects; operations: () => number } {
  let operations = 0;
  const step = (act: () => void, halfAct = () => {}) => {
    if (++operations < last) return act();
    halfAct();
    throw new Killed();
  };
  const effects: PublishEffects = {
    makeFolder: (path) => step(() => fs.mkdirSync(path, { recursive: true })),
    write: (path, text) =>
      step(
        () => fs.writeFileSync(path, text),
        () => fs.writeFileSync(path, text.slice(0, 3)),
      ),
    rename: (from, to) => step(() => fs.renameSync(from, to)),
    remove: (path) => step(() => fs.rmSync(path, { force: true })),
    removeFolder: (path) => step(() => fs.rmdirSync(path)),
  };
  return { effects, operations: () => operations };
}

/** Links of pages that lead nowhere, and files that are neither old nor new. */
function problems(output: string, ...sites: readonly (readonly PlannedFile[])[]): string[] {
  const found = Object.entries(outputOf(output)).filter(([path]) => !path.endsWith(".blkreport-tmp"));
  const whole = (path: string, text: string) =>
    text.startsWith("<!doctype html>") || sites.some((plan) => texts(plan)[path] === text);
  const links = found.flatMap(([path, text]) =>
    Array.from(text.matchAll(/href="([^"]+)"/g), ([, href]) => [path, posix.join(posix.dirname(path), href!)] as const),
  );
  return [
    ...found.filter(([path, text]) => !whole(path, text)).map(([path]) => `${path} is half a file`),
    ...links.filter(([, to]) => !fs.existsSync(join(output, to))).map(([from, to]) => `${from} links ${to}`),
  ];
}

describe("publish", () => {
  it("writes every file, and a manifest with its hash", () => {
    const output = join(folder(), "output");
    expect(publishInto(output, site("b"))).toEqual({ written: 5, unchanged: 0, removed: 0 });
    expect(outputOf(output)).toEqual(texts(site("b")));
    const { files } = JSON.parse(fs.readFileSync(join(output, MANIFEST_NAME), "utf8"));
    expect(files["traces/a/charts/x.svg"]).toBe(sha256("<svg a 1/>"));
  });

  it("does not touch a file that is as it should be", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    const before = fs.statSync(join(output, "index.html"), { bigint: true });
    expect(publishInto(output, site("b", "2"))).toEqual({ written: 2, unchanged: 3, removed: 0 });
    const after = fs.statSync(join(output, "index.html"), { bigint: true });
    expect([after.ino, after.ctimeNs]).toEqual([before.ino, before.ctimeNs]);
  });

  it("does nothing at all where nothing changed", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    const { effects, operations } = killedAfter(Number.POSITIVE_INFINITY);
    publishInto(output, site("b"), effects);
    expect(operations()).toBe(1);
  });

  it("looks at each file once, whether it changed or not", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    for (const content of ["1", "2"]) {
      const hashes = openHashes(join(output, "../cache"));
      const recallAs = vi.fn(hashes.recallAs);
      publish(site("b", content), output, { ...hashes, recallAs });
      expect(recallAs).toHaveBeenCalledTimes(5);
    }
  });

  it("mends a file that somebody changed, also without a memory of hashes", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    fs.rmSync(join(output, "../cache"), { recursive: true });
    fs.writeFileSync(join(output, "index.html"), "mine");
    expect(publishInto(output, site("b")).written).toBe(1);
    expect(outputOf(output)).toEqual(texts(site("b")));
  });

  it("takes what was seen before for what is there, unless another build has published since", () => {
    const output = join(folder(), "output");
    const hashes = openHashes(join(output, "../cache"));
    publishInto(output, site("b"));
    const { seen } = assertPublishable(output, null);
    write(output, { "traces/mine.txt": "x" });
    expect(publish(site("c"), output, hashes, { seen }).removed).toBe(2);
    expect(fs.readFileSync(join(output, "traces/mine.txt"), "utf8")).toBe("x");
    expect(() => publish(site("b"), output, hashes, { seen })).toThrow(/traces\/mine\.txt: unknown file/);
    fs.rmSync(join(output, "traces/mine.txt"));
    expect(publish(site("d"), output, hashes, { seen }).removed).toBe(2);
    expect(outputOf(output)).toEqual(texts(site("d")));
  });

  it("removes what is no longer there, and the folders that it leaves empty", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    expect(publishInto(output, site("c")).removed).toBe(2);
    expect(outputOf(output)).toEqual(texts(site("c")));
    expect(fs.existsSync(join(output, "traces/b"))).toBe(false);
  });

  it("refuses a folder with a file that is not ours, and says what to do", () => {
    const root = folder({ "output/notes/mine.txt": "x" });
    expect(() => publishInto(join(root, "output"), site("b"))).toThrow(
      /notes\/mine\.txt: unknown file in the output folder; .*move the file away, or choose another folder with --output/,
    );
    expect(contents(join(root, "output"))).toEqual({ "notes/mine.txt": "x" });
  });

  it("refuses a foreign file also beside our own", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    write(output, { "traces/mine.txt": "x" });
    expect(() => publishInto(output, site("c"))).toThrow(/traces\/mine\.txt: unknown file/);
  });

  it("refuses a link in the folder, wherever it leads", () => {
    const root = folder({ "elsewhere/index.html": "x", "output/.gitkeep": "" });
    fs.symlinkSync("../elsewhere", join(root, "output/traces"));
    expect(() => publishInto(join(root, "output"), site("b"))).toThrow(/output\/traces: unknown file/);
    expect(contents(join(root, "elsewhere"))).toEqual({ "index.html": "x" });
  });

  it("accepts what git keeps in a folder", () => {
    const root = folder({ "output/.gitkeep": "", "output/.gitignore": "*" });
    publishInto(join(root, "output"), site("b"));
    expect(outputOf(join(root, "output"))).toEqual({ ...texts(site("b")), ".gitkeep": "", ".gitignore": "*" });
  });

  it("publishes into the folder that a link names, and leaves the link", () => {
    const root = folder({ "real/.gitkeep": "" });
    fs.symlinkSync("real", join(root, "output"));
    publishInto(join(root, "output"), site("b"));
    expect(fs.lstatSync(join(root, "output")).isSymbolicLink()).toBe(true);
    expect(fs.existsSync(join(root, "real/index.html"))).toBe(true);
  });

  it("says what is wrong where output is a file or its manifest is not one", () => {
    const root = folder({ output: "x", [`other/${MANIFEST_NAME}`]: "{" });
    expect(() => publishInto(join(root, "output"), [])).toThrow(/output: invalid output folder: it is a file; choose/);
    expect(() => publishInto(join(root, "other"), [])).toThrow(/manifest\.json: invalid manifest; empty the folder/);
  });

  it.each(["../x", "/x", "a/../../x", "a//b", "a\\b", "a/./b", ""])("never writes %j", (path) => {
    expect(() => publishInto(join(folder(), "output"), [asset(path, "")])).toThrow("leaves the output folder");
  });

  it("never lets two files stand in one place", () => {
    const output = join(folder(), "output");
    expect(() => publishInto(output, [asset("a", "1"), asset("a", "2")])).toThrow("two files");
    expect(() => publishInto(output, [asset("a", "1"), asset("a/b", "2")])).toThrow("a file and a folder");
  });

  it("takes files from elsewhere only if they are what they were", () => {
    const root = folder({ "cache/x.png": "damaged" });
    const source = { file: join(root, "cache/x.png"), sha256: sha256("whole") };
    expect(() => publishInto(join(root, "output"), [{ path: "x.png", class: "asset", source }])).toThrow(
      /x\.png: invalid content: it is not what was drawn; build with --verify/,
    );
  });
});

describe("a kill at any moment", () => {
  it.each([
    ["the first time", []],
    ["over an older site", site("old")],
    ["over the same pages with other charts", site("b", "0")],
  ])("leaves whole files whose links all resolve, and the next build mends it: %s", (_when, before) => {
    const after = site("b");
    for (let last = 1; ; last++) {
      const output = join(fs.mkdtempSync(join(dirname(folder()), "blkreport-kill-")), "output");
      if (before.length > 0) publishInto(output, before);
      const { effects, operations } = killedAfter(last);
      let killed = false;
      try {
        publishInto(output, after, effects);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        killed = true;
      }
      if (fs.existsSync(output)) expect(problems(output, before, after), `after ${last} operations`).toEqual([]);
      publishInto(output, after);
      expect(outputOf(output), `mended after ${last} operations`).toEqual(texts(after));
      fs.rmSync(dirname(output), { recursive: true });
      if (!killed) {
        expect(operations()).toBeGreaterThan(after.length);
        return;
      }
    }
  });
});

/** Really writes, as long as there is room; the write for which there is none leaves half a file. */
function onDiskOf(bytes: number): PublishEffects {
  let left = bytes;
  const write = (path: string, content: string | Uint8Array) => {
    left -= content.length;
    fs.writeFileSync(path, left < 0 ? content.slice(0, content.length >> 1) : content);
    if (left < 0) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write", path });
  };
  return {
    makeFolder: (path) => fs.mkdirSync(path, { recursive: true }),
    write,
    rename: fs.renameSync,
    remove: (path) => fs.rmSync(path, { force: true }),
    removeFolder: fs.rmdirSync,
  };
}

describe("a disk that is full", () => {
  it("after any number of bytes leaves whole files whose links all resolve, and the next build mends it", () => {
    const [before, after] = [site("old"), site("b")];
    let refusals = 0;
    for (let bytes = 0; ; bytes += 150) {
      const output = join(folder(), "output");
      publishInto(output, before);
      let isFull = false;
      try {
        publishInto(output, after, onDiskOf(bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        isFull = true;
        refusals++;
      }
      expect(problems(output, before, after), `after ${bytes} bytes`).toEqual([]);
      expect(fs.existsSync(join(output, LOCK_NAME))).toBe(false);
      publishInto(output, after);
      expect(outputOf(output), `mended after ${bytes} bytes`).toEqual(texts(after));
      if (!isFull) break;
    }
    expect(refusals).toBeGreaterThan(10);
  });

  it("says which file there is no room for, and leaves no half of it", () => {
    const output = join(folder(), "output");
    const huge = "x".repeat(1 << 16);
    const child = `ulimit -f 16; exec "$0" --input-type=module -e "$1"`;
    const script = `import { publish } from ${JSON.stringify(join(import.meta.dirname, "../../dist/io/publish.js"))};
      import { openHashes } from ${JSON.stringify(join(import.meta.dirname, "../../dist/io/hashes.js"))};
      try {
        publish([{ path: "big.svg", class: "asset", source: { text: ${JSON.stringify(huge)} } }], ${JSON.stringify(output)}, openHashes(${JSON.stringify(join(output, "../cache"))}));
      } catch (error) { console.log(error.code, error.path) }`;
    const said = execFileSync("bash", ["-c", child, process.execPath, script], { encoding: "utf8" });
    expect(said).toBe(`EFBIG ${join(output, ".blkreport-tmp")}\n`);
    expect(Object.keys(contents(output))).toEqual([MANIFEST_NAME]);
  });
});

describe("in the place of a file", () => {
  it("an empty folder makes room, and a full one is refused", () => {
    const output = join(folder(), "output");
    publishInto(output, site("b"));
    fs.rmSync(join(output, "index.html"));
    fs.mkdirSync(join(output, "index.html"));
    expect(publishInto(output, site("b")).written).toBe(1);
    expect(outputOf(output)).toEqual(texts(site("b")));
    fs.rmSync(join(output, "index.html"));
    write(output, { "index.html/mine.txt": "x" });
    expect(() => publishInto(output, site("b"))).toThrow(/index\.html\/mine\.txt: unknown file/);
  });
});
