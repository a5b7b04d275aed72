import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { folder } from "../support/folders.ts";
import { lacks, SYSTEM_PATH } from "../support/programs.ts";
import { blkreport, MAIN, startBlkreport } from "../support/site.ts";

const NOTHING = lacks("nbdkit");
const SIZE = 4 << 20;
/** As nobody else sleeps. */
const LONG = `1000.${process.pid}`;

/** A folder with an image of zeros, and what capture does in it. */
function place() {
  const cwd = folder();
  const tmp = join(cwd, "tmp");
  mkdirSync(tmp);
  writeFileSync(join(cwd, "disk.img"), Buffer.alloc(SIZE));
  const env = { PATH: SYSTEM_PATH, TMPDIR: tmp };
  const capture = (...words: string[]) =>
    blkreport(["capture", "--via", "nbdkit", "--name", "work", ...words], { cwd, env });
  /** Nothing that a recording makes stays behind. */
  const leftOver = () => [...readdirSync(tmp), ...serversOf(cwd)];
  return {
    cwd,
    env,
    capture,
    leftOver,
    sideFile: () => JSON.parse(readFileSync(join(cwd, "traces/work.log.json"), "utf8")),
  };
}

/** Processes that have a folder among their words. */
function serversOf(path: string): string[] {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return numbers.map(commandLine).filter((line) => line.includes(path));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Each request as its op, offset and length. */
async function requests(cwd: string, trace = "traces/work.log"): Promise<string[]> {
  const { stdout } = await blkreport(["convert", trace, "--to", "csv"], { cwd });
  const [head = "", ...rows] = stdout
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const names = head.split(",");
  const [op, offset, length] = ["op", "offset_bytes", "length_bytes"].map((name) => names.indexOf(name)) as [
    number,
    number,
    number,
  ];
  return rows.map((row) => row.split(",")).map((cells) => `${cells[op]} ${cells[offset]} ${cells[length]}`);
}

describe.skipIf(NOTHING || lacks("qemu-io"))("capture --via nbdkit with qemu-io", () => {
  const WORK = ["write 4096 8192", "read 512 1024", "discard 1M 64k", "write -z 2M 128k"].flatMap((one) => ["-c", one]);
  const DONE = ["write 4096 8192", "read 512 1024", "discard 1048576 65536", "writeZeroes 2097152 131072"];
  const COMMAND = ["qemu-io", "-f", "raw", ...WORK, "{uri}"];

  it("records every request, as it was asked for", async () => {
    const { cwd, capture, leftOver } = place();
    const { status, stderr } = await capture("--disk", "disk.img", "--", ...COMMAND);
    expect(stderr).toContain("requests in traces/work.log, traces/work.log.json");
    expect([status, leftOver()]).toEqual([0, []]);
    expect((await requests(cwd)).filter((line) => !line.startsWith("flush"))).toEqual(DONE);
  });

  it("says in the side file what ran, on what, and when", async () => {
    const { capture, sideFile } = place();
    const secondBefore = Math.floor(Date.now() / 1000) * 1000;
    await capture("--disk", "disk.img", "--title", "Four requests", "--", ...COMMAND);
    const { recordedAt, recorder, ...rest } = sideFile();
    expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(secondBefore);
    expect(Date.parse(recordedAt)).toBeLessThanOrEqual(Date.now());
    expect(recorder).toMatch(/^nbdkit \d+\.\d+/);
    expect(rest).toEqual({
      title: "Four requests",
      description: "Recorded by blkreport 0.1.0. The command ended with exit status 0.",
      command:
        "qemu-io -f raw -c 'write 4096 8192' -c 'read 512 1024' -c 'discard 1M 64k' -c 'write -z 2M 128k' '{uri}'",
      devices: { disk: { name: "disk.img", bytes: SIZE } },
    });
  });

  it("prints with --dry-run a script that records the same by hand", async () => {
    const { cwd, env, capture } = place();
    const { status, stdout } = await capture("--disk", "disk.img", "--dry-run", "--", ...COMMAND);
    expect([status, existsSync(join(cwd, "traces"))]).toEqual([0, false]);
    execFileSync("sh", ["-c", stdout], { cwd, env: { ...process.env, ...env } });
    expect((await requests(cwd)).filter((line) => !line.startsWith("flush"))).toEqual(DONE);
  });

  it("makes the image where it is told to, and only where there is none", async () => {
    const { cwd, capture } = place();
    const again = await capture("--disk", "disk.img", "--create", "4M", "--", ...COMMAND);
    expect([again.status, again.stderr]).toEqual([
      1,
      "blkreport: disk.img: invalid --create: the image is there; leave --create out, or remove the image\n",
    ]);
    const { status } = await capture(
      "--disk",
      "new.img",
      "--create",
      "3M",
      "--",
      "qemu-io",
      "-f",
      "raw",
      "-c",
      "read 0 512",
      "{uri}",
    );
    expect([status, readFileSync(join(cwd, "new.img")).length]).toEqual([0, 3 << 20]);
  });

  it("does not replace a trace unless it is told to, and keeps then what people wrote of it", async () => {
    const { cwd, capture, sideFile } = place();
    await capture("--disk", "disk.img", "--", ...COMMAND);
    const first = readFileSync(join(cwd, "traces/work.log"), "utf8");
    const second = await capture("--disk", "disk.img", "--", ...COMMAND);
    expect([second.status, second.stderr]).toEqual([
      1,
      "blkreport: traces/work.log: invalid --name: there is a trace; choose another name, or --force to replace it\n",
    ]);
    expect(readFileSync(join(cwd, "traces/work.log"), "utf8")).toBe(first);
    const written = { ...sideFile(), title: "By hand", tags: ["mine"], baseline: "other", recorder: "an old one" };
    writeFileSync(join(cwd, "traces/work.log.json"), JSON.stringify(written));
    writeFileSync(join(cwd, "traces/work.log.layout.json"), "of the old one");
    expect((await capture("--disk", "disk.img", "--no-layout", "--force", "--", ...COMMAND)).status).toBe(0);
    expect(sideFile()).toMatchObject({
      title: "By hand",
      tags: ["mine"],
      baseline: "other",
      recorder: expect.stringMatching(/^nbdkit/),
    });
    expect(readFileSync(join(cwd, "traces/work.log"), "utf8")).not.toBe(first);
    expect(existsSync(join(cwd, "traces/work.log.layout.json"))).toBe(false);
  });

  it("passes the exit status of the command on, keeps its trace, and marks it as failed", async () => {
    const { cwd, capture, sideFile, leftOver } = place();
    const { status, stderr } = await capture(
      "--disk",
      "disk.img",
      "--",
      "sh",
      "-c",
      `qemu-io -f raw -c 'read 0 512' "$NBD_URI"; exit 7`,
    );
    expect([status, leftOver()]).toEqual([7, []]);
    expect(stderr).toContain("the command ended with exit status 7\n");
    expect(sideFile()).toMatchObject({ tags: ["failed"], description: expect.stringContaining("exit status 7") });
    expect(await requests(cwd)).toContain("read 0 512");
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("ended by %s keeps what was recorded, and leaves nothing behind", async (signal, code) => {
    const { cwd, env, leftOver, sideFile } = place();
    const work = `qemu-io -f raw -c 'write 0 4096' "$NBD_URI"; touch ready; sleep ${LONG}`;
    const words = ["capture", "--via", "nbdkit", "--name", "work", "--disk", "disk.img", "--", "sh", "-c", work];
    const child = startBlkreport(words, { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
    while (!existsSync(join(cwd, "ready"))) await wait(20);
    const sleeping = () => serversOf(`sleep ${LONG}`).length;
    expect(sleeping()).toBeGreaterThan(0);
    child.kill(signal);
    const status = await new Promise((resolve) => child.once("exit", resolve));
    expect([status, leftOver(), sleeping()]).toEqual([code, [], 0]);
    expect(await requests(cwd)).toContain("write 0 4096");
    expect(sideFile().description).toContain("It was interrupted");
  });
});

describe.skipIf(NOTHING || lacks("nbdcopy"))("capture --via nbdkit with nbdcopy", () => {
  it("records a copy in requests of 256 KiB", async () => {
    const { cwd, capture } = place();
    writeFileSync(join(cwd, "source.img"), Buffer.alloc(1 << 20, "x"));
    const { status } = await capture("--disk", "disk.img", "--", "nbdcopy", "source.img", "{uri}");
    const writes = (await requests(cwd)).sort();
    expect([status, writes]).toEqual([0, [0, 262144, 524288, 786432].map((from) => `write ${from} 262144`)]);
  });
});

describe.skipIf(NOTHING || lacks("nbdsh"))("capture --via nbdkit with nbdsh", () => {
  it("gives the address of the disk in the environment too", async () => {
    const { cwd, capture } = place();
    const script =
      'import os; h.connect_uri(os.environ["NBD_URI"]); h.pwrite(b"x" * 1536, 8192); h.pread(512, 3 << 20); h.flush()';
    const { status } = await capture("--disk", "disk.img", "--", "nbdsh", "-c", script);
    expect([status, await requests(cwd)]).toEqual([0, ["write 8192 1536", "read 3145728 512", "flush 0 0"]]);
  });
});

describe.skipIf(NOTHING)("capture --via nbdkit", () => {
  it("of a command that does nothing to the disk records nothing, and says so", async () => {
    const { cwd, capture, leftOver } = place();
    const { status, stderr } = await capture("--disk", "disk.img", "--", "true");
    expect([status, stderr]).toEqual([1, "blkreport: nothing was recorded: the command made no request to the disk\n"]);
    expect([existsSync(join(cwd, "traces")), leftOver()]).toEqual([false, []]);
  });

  it("with a disk that nbdkit cannot serve says what nbdkit says, and removes the image that it made", async () => {
    const { cwd, env, leftOver } = place();
    const broken = join(cwd, "bin");
    mkdirSync(broken);
    writeFileSync(
      join(broken, "nbdkit"),
      '#!/bin/sh\ncase "$*" in *--dump-plugin*) exit 0;; esac\necho "nbdkit: no more sockets" >&2\nexit 1\n',
      { mode: 0o755 },
    );
    const words = ["capture", "--via", "nbdkit", "--name", "work", "--disk", "new.img", "--create", "1M", "--", "true"];
    const { status, stderr } = await blkreport(words, { cwd, env: { ...env, PATH: `${broken}:${SYSTEM_PATH}` } });
    expect([status, stderr]).toEqual([
      1,
      "blkreport: nbdkit: invalid start of the recording: nbdkit: no more sockets; see what it says; --dry-run prints the commands, to try them by hand\n",
    ]);
    expect([existsSync(join(cwd, "new.img")), leftOver()]).toEqual([false, []]);
  });

  it("whose nbdkit is killed says that the trace is not whole", async () => {
    const { capture } = place();
    const work = `qemu-io -f raw -c 'read 0 512' "$NBD_URI"; kill -9 $(cat "$(dirname "\${NBD_URI#*socket=}")/nbd.pid"); sleep 0.2`;
    const { status, stderr } = await capture("--disk", "disk.img", "--", "sh", "-c", work);
    expect(status).toBe(1);
    expect(stderr).toContain("it ended before the command did");
  });
});

describe("capture --via nbdkit, before anything runs,", () => {
  const without = (cwd: string, ...words: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, "capture", "--name", "work", ...words], {
      cwd,
      encoding: "utf8",
      env: { PATH: "" },
    });
    return [status, stderr.trim().split("\n")];
  };

  it("says which packages bring what is missing, all at once", () => {
    const cwd = folder({ "disk.img": "" });
    expect(without(cwd, "--via", "nbdkit", "--disk", "disk.img", "--", "guestfish", "ls", "/")).toEqual([
      1,
      [
        "blkreport: guestfish: missing program; install libguestfs-tools (Debian, Ubuntu) or libguestfs (Fedora, Arch)",
        "blkreport: nbdkit: missing program; install nbdkit (Debian, Ubuntu, Fedora, Arch)",
      ],
    ]);
    expect(without(cwd, "--via", "qemu", "--", "qemu-img", "info", "disk.img")).toEqual([
      1,
      ["blkreport: qemu-img: missing program; install qemu-utils (Debian, Ubuntu) or qemu-img (Fedora, Arch)"],
    ]);
  });

  it.skipIf(NOTHING)("says what is wrong with the disk", async () => {
    const cwd = folder({ "a.qcow2": "QFI\xfb and more", "b/c": "" });
    writeFileSync(join(cwd, "a.qcow2"), Buffer.from("QFI\xfb and more", "latin1"));
    const ask = async (disk: string) =>
      (
        await blkreport(["capture", "--via", "nbdkit", "--name", "work", "--disk", disk, "--", "true"], {
          cwd,
          env: { PATH: SYSTEM_PATH },
        })
      ).stderr;
    expect(await ask("none.img")).toBe("blkreport: none.img: missing image; --create SIZE makes one: --create 10M\n");
    expect(await ask("b")).toBe("blkreport: b: invalid --disk: it is no image and no block device; name a raw image\n");
    expect(await ask("a.qcow2")).toBe(
      "blkreport: a.qcow2: unsupported image: qcow2 has addresses of its own; make it raw: qemu-img convert -O raw\n",
    );
  });

  it.each([
    [["--name", "a"], "missing COMMAND behind --; see blkreport capture --help"],
    [["--name", "a", "--", "true"], "missing --via WAY: nbdkit, qemu, ftrace, blktrace"],
    [
      ["--name", "a", "--via", "dtrace", "--", "true"],
      'unknown way "dtrace"; capture knows nbdkit, qemu, ftrace, blktrace',
    ],
    [["--via", "nbdkit", "--", "true"], "missing --name NAME: what the trace is called"],
    [
      ["--via", "nbdkit", "--name", "../a", "--", "true"],
      'invalid --name "../a"; expected a name such as write-hello or guestfish/write-hello',
    ],
    [
      ["--via", "nbdkit", "--name", "a.json", "--", "true"],
      'invalid --name "a.json"; expected a name such as write-hello or guestfish/write-hello',
    ],
    [["--via", "nbdkit", "--name", "a", "--", "true"], "missing --disk FILE: the image that nbdkit serves"],
    [["--via", "nbdkit", "--name", "a", "--create", "1M", "--", "true"], "missing --disk FILE: what --create makes"],
    [
      ["--via", "nbdkit", "--name", "a", "--disk", "b", "--create", "some", "--", "true"],
      'invalid --create "some"; expected a size such as 10M or 1G',
    ],
    [
      ["--via", "nbdkit", "--name", "a", "--device", "/dev/sda", "--", "true"],
      "unsupported --device: nbdkit records an image, --disk",
    ],
    [
      ["--via", "ftrace", "--name", "a", "--disk", "b", "--", "true"],
      "unsupported --disk: ftrace records a --device; losetup -f --show FILE makes one of an image",
    ],
    [["--via", "ftrace", "--name", "a", "--", "true"], "missing --device /dev/X: the disk that ftrace records"],
  ])("%j is a wrong question: exit 2", async (words, message) => {
    const { status, stderr } = await blkreport(["capture", ...words], { cwd: folder() });
    expect([status, stderr]).toEqual([2, `blkreport: ${message}\n`]);
  });
});
