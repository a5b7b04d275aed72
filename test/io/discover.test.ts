import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { discover, joined, slugged } from "../../src/io/discover.ts";
import { namedSource } from "../../src/io/named.ts";
import { folder } from "../support/folders.ts";

const paths = (root: string, filter = {}) => discover(root, filter).sources.map(({ path }) => path);

describe("discover", () => {
  it("takes every file, in the order of bytes, with its folder as its group", () => {
    const root = folder({ "b.qtr": "", "a/x.log": "", "a-b.qtr": "", "B.qtr": "" });
    expect(discover(root).sources.map(({ path, group }) => [path, group])).toEqual([
      ["B.qtr", ""],
      ["a-b.qtr", ""],
      ["a/x.log", "a"],
      ["b.qtr", ""],
    ]);
  });

  it("takes the files of all CPUs as one trace, by number, also with one missing", () => {
    const root = folder({ "x/sda.blktrace.10": "", "x/sda.blktrace.2": "", "x/sda.blktrace.0": "", "x/sda": "" });
    expect(discover(root).sources.map(({ path, files }) => [path, files.map(({ name }) => name)])).toEqual([
      ["x/sda", ["x/sda.blktrace.0", "x/sda.blktrace.2", "x/sda.blktrace.10"]],
      ["x/sda", ["x/sda"]],
    ]);
  });

  it("takes the compressed files of CPUs as they are, and none twice", () => {
    const root = folder({
      "sda.blktrace.0.gz": "",
      "sda.blktrace.1": "",
      "sda.blktrace.1.zst": "",
      "sda.blktrace.2.xz": "",
      "sda.json": "{}",
    });
    const { sources, notices } = discover(root);
    expect(sources.map(({ path, files, sideFile }) => [path, files.map(({ name }) => name), sideFile?.name])).toEqual([
      ["sda", ["sda.blktrace.0.gz", "sda.blktrace.1", "sda.blktrace.2.xz"], "sda.json"],
    ]);
    expect(notices).toEqual(["sda.blktrace.1.zst is passed over: the file of the same CPU lies beside it"]);
  });

  it("finds the side file of a file and of a set", () => {
    const root = folder({ "a.qtr": "", "a.qtr.json": "", "sda.blktrace.0": "", "sda.json": "", "b.qtr": "" });
    expect(discover(root).sources.map(({ sideFile }) => sideFile?.name)).toEqual(["a.qtr.json", undefined, "sda.json"]);
  });

  it("names a side file without its trace, and leaves the site's own out", () => {
    const root = folder({ "gone.qtr.json": "", "blkreport.json": "", "a/blkreport.json": "" });
    expect(discover(root)).toEqual({
      sources: [],
      notices: [
        "a/blkreport.json describes no trace that lies beside it",
        "gone.qtr.json describes no trace that lies beside it",
      ],
    });
  });

  it("finds the layout of a file and of a set, and takes it for neither a trace nor an idle side file", () => {
    const root = folder({
      "a.qtr": "",
      "a.qtr.json": "",
      "a.qtr.layout.json": "",
      "sda.blktrace.0": "",
      "sda.layout.json": "",
      "gone.layout.json": "",
    });
    const { sources, notices } = discover(root);
    expect(sources.map(({ path, layoutFile, sideFile }) => [path, layoutFile?.name, sideFile?.name])).toEqual([
      ["a.qtr", "a.qtr.layout.json", "a.qtr.json"],
      ["sda", "sda.layout.json", undefined],
    ]);
    expect(notices).toEqual(["gone.layout.json describes no trace that lies beside it"]);
    expect(namedSource(join(root, "sda.blktrace.0")).layoutFile).toBe(join(root, "sda.layout.json"));
    expect(namedSource(join(root, "a.qtr")).layoutFile).toBe(join(root, "a.qtr.layout.json"));
  });

  it("leaves x.layout.json to the trace that is called x.layout", () => {
    const root = folder({ x: "", "x.layout": "", "x.layout.json": "" });
    expect(discover(root).sources.map(({ path, layoutFile, sideFile }) => [path, layoutFile, sideFile?.name])).toEqual([
      ["x", null, undefined],
      ["x.layout", null, "x.layout.json"],
    ]);
    expect(namedSource(join(root, "x")).layoutFile).toBe(null);
  });

  it("leaves hidden files and folders out", () => {
    expect(paths(folder({ ".gitkeep": "", ".git/x.qtr": "", "a.qtr": "" }))).toEqual(["a.qtr"]);
  });

  it("passes over what is no file of its own, and says why", () => {
    const root = folder({ "a.qtr": "x" });
    const elsewhere = folder({ secret: "x" });
    symlinkSync(join(elsewhere, "secret"), join(root, "out.qtr"));
    symlinkSync(elsewhere, join(root, "folder"));
    symlinkSync("nothing", join(root, "dangling"));
    symlinkSync("a.qtr", join(root, "inside.qtr"));
    mkdirSync(join(root, "loop"));
    symlinkSync("..", join(root, "loop/up"));
    execFileSync("mkfifo", [join(root, "pipe")]);
    const { sources, notices } = discover(root);
    expect(sources.map(({ path }) => path)).toEqual(["a.qtr", "inside.qtr"]);
    expect(notices).toEqual([
      "dangling is passed over: it is a link to nothing",
      "folder is passed over: it is a link out of the folder",
      "loop/up is passed over: it is a link out of the folder",
      "out.qtr is passed over: it is a link out of the folder",
      "pipe is passed over: it is neither a file nor a folder",
    ]);
  });

  it("works when traces/ itself is a link", () => {
    const root = folder();
    symlinkSync(folder({ "a.qtr": "" }), join(root, "traces"));
    expect(paths(join(root, "traces"))).toEqual(["a.qtr"]);
  });

  it("obeys include and exclude: * within a name, ** across folders, a folder means all in it", () => {
    const root = folder({ "a.qtr": "", "b/c.qtr": "", "b/d.log": "", "b/old/e.qtr": "", "x/sda.blktrace.0": "" });
    expect(paths(root, { include: ["*.qtr"] })).toEqual(["a.qtr"]);
    expect(paths(root, { include: ["**/*.qtr"] })).toEqual(["a.qtr", "b/c.qtr", "b/old/e.qtr"]);
    expect(paths(root, { include: ["b/"], exclude: ["b/old", "**/d.lo?"] })).toEqual(["b/c.qtr"]);
    expect(paths(root, { include: ["x/sda.blktrace.*"] })).toEqual(["x/sda"]);
  });

  it("says what to do where there is no such folder", () => {
    expect(() => discover("no/such")).toThrow("no/such: missing folder of traces; make it, or name another one");
  });
});

describe("joined", () => {
  it("makes one trace of the sets that a side file names", () => {
    const root = folder({ "m/raid.blktrace.0": "", "m/raid.json": "", "m/vdb.blktrace.0": "", "m/vdb.blktrace.1": "" });
    const { sources, notices } = joined(discover(root), ({ path }) => (path === "m/raid" ? ["vdb", "vdc"] : []));
    expect(sources.map(({ files }) => files.map(({ name }) => name))).toEqual([
      ["m/raid.blktrace.0", "m/vdb.blktrace.0", "m/vdb.blktrace.1"],
    ]);
    expect(notices).toEqual(["m/raid.json joins vdc, which is not beside it"]);
  });
});

describe("slugged", () => {
  it("gives each trace its own slug", () => {
    const root = folder({ "a.qtr": "", "a.log": "", "b.log.gz": "" });
    expect(slugged(discover(root).sources).sources.map(({ slug }) => slug)).toEqual(["a", "a-2", "b"]);
  });
});
