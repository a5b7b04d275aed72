import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRecorder } from "../../src/capture/children.ts";
import { perform } from "../../src/capture/perform.ts";
import { planBlktrace } from "../../src/capture/plan/blktrace.ts";
import { readRecording } from "../../src/capture/recording.ts";
import { folder } from "../support/folders.ts";
import { lacks, passedOver, SYSTEM_PATH } from "../support/programs.ts";
import { blkreport, emptyFolder, MAIN, ROOT, startBlkreport } from "../support/site.ts";

const INSTANCES = "/sys/kernel/tracing/instances";
const ENV = { PATH: SYSTEM_PATH };
const isRoot = process.geteuid?.() === 0;

/** A loop device of 8 MiB, or null where this machine gives none. */
function attach(image: string): string | null {
  writeFileSync(image, Buffer.alloc(8 << 20));
  const { status, stdout } = spawnSync("losetup", ["-f", "--show", image], { encoding: "utf8", env: ENV });
  return status === 0 ? stdout.trim() : null;
}

let device: string | null = null;
beforeAll(async () => {
  if (isRoot && !lacks("losetup")) device = attach(join(await emptyFolder("loop"), "disk.img"));
});
afterAll(() => {
  if (device !== null) execFileSync("losetup", ["-d", device], { env: ENV });
});

/** Three writes of 64 KiB, as the kernel gets them. */
const writes = () => ["dd", "if=/dev/zero", `of=${device}`, "bs=64k", "count=3", "oflag=direct", "status=none"];
const THREE_WRITES = [0, 65536, 131072].map((from) => `write,${from},65536`);

async function requests(cwd: string, trace: string, ...words: string[]): Promise<string[]> {
  const { stdout } = await blkreport(["convert", trace, "--to", "csv", ...words], { cwd });
  return stdout
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",", 3).join(","));
}

const capture = (cwd: string, ...words: string[]) =>
  blkreport(["capture", "--name", "work", "--no-layout", ...words], { cwd, env: ENV });
const ownInstances = () => readdirSync(INSTANCES).filter((name) => name.startsWith("blkreport-"));

const noFtrace = passedOver(!isRoot || !existsSync(INSTANCES), "ftrace: no root, or no tracefs");

describe.skipIf(noFtrace)("capture --via ftrace", () => {
  const ftrace = (cwd: string, ...words: string[]) => capture(cwd, "--via", "ftrace", "--device", device!, ...words);

  it("records the requests of one disk, marked by a name", async ({ skip }) => {
    if (passedOver(device === null, "no loop device")) skip();
    const cwd = folder();
    const { status, stderr } = await ftrace(cwd, "--mark", "three writes", "--", ...writes());
    expect([status, stderr]).toEqual([0, "3 requests in traces/work.ftrace.txt, traces/work.ftrace.txt.json\n"]);
    expect(await requests(cwd, "traces/work.ftrace.txt", "--scope", "marked")).toEqual(THREE_WRITES);
    const side = JSON.parse(readFileSync(join(cwd, "traces/work.ftrace.txt.json"), "utf8"));
    const [facts] = Object.values(side.devices);
    expect(side).toMatchObject({
      recorder: "ftrace",
      kernel: expect.stringMatching(/^Linux /),
      expectSpans: ["three writes"],
    });
    expect(facts).toMatchObject({ name: device!.slice(5), bytes: 8 << 20, logicalBlockBytes: 512 });
    expect(ownInstances()).toEqual([]);
  });

  it("lets the command mark its own parts", async ({ skip }) => {
    if (device === null) skip();
    const cwd = folder();
    const work = `echo begin reading > "$BLKREPORT_MARKS"; dd if=${device} of=/dev/null bs=4k count=1 iflag=direct status=none; echo end reading > "$BLKREPORT_MARKS"`;
    await ftrace(cwd, "--", "sh", "-c", `${writes().join(" ")}; ${work}`);
    expect(await requests(cwd, "traces/work.ftrace.txt", "--scope", "span-1-reading")).toEqual(["read,0,4096"]);
  });

  it("ended by Ctrl-C keeps what was recorded, and leaves no instance", async ({ skip }) => {
    if (device === null) skip();
    const cwd = folder();
    const work = `${writes().join(" ")}; touch ready; sleep 1000`;
    const words = [
      "capture",
      "--via",
      "ftrace",
      "--device",
      device!,
      "--no-layout",
      "--name",
      "work",
      "--mark",
      "work",
      "--",
      "sh",
      "-c",
      work,
    ];
    const child = startBlkreport(words, { cwd, env: { ...process.env, ...ENV }, stdio: "ignore" });
    while (!existsSync(join(cwd, "ready"))) await wait(20);
    child.kill("SIGINT");
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(130);
    expect(await requests(cwd, "traces/work.ftrace.txt", "--scope", "marked")).toEqual(THREE_WRITES);
    expect(ownInstances()).toEqual([]);
  });

  it("says how many events its buffers could not hold", async ({ skip }) => {
    if (device === null) skip();
    const cwd = folder();
    const work = ["dd", "if=/dev/zero", `of=${device}`, "bs=4k", "count=2000", "oflag=direct", "status=none"];
    const { status, stderr } = await ftrace(cwd, "--buffer", "64K", "--", ...work);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /missing \d+ events, which the kernel's buffers could not hold; record it again with a larger --buffer/,
    );
    expect(existsSync(join(cwd, "traces/work.ftrace.txt"))).toBe(true);
    expect((await ftrace(cwd, "--force", "--", ...work)).status).toBe(0);
  });

  it("does not touch the instance of another capture of the same name", async ({ skip }) => {
    if (device === null) skip();
    const cwd = folder();
    const other = join(INSTANCES, "blkreport-traces-work");
    mkdirSync(other);
    const { status, stderr } = await ftrace(cwd, "--", "true");
    expect([status, existsSync(other)]).toEqual([1, true]);
    execFileSync("rmdir", [other]);
    expect(stderr).toContain("invalid place of the recording: it is there; another capture of this name runs");
  });
});

describe("capture of a disk of this machine, before anything runs,", () => {
  it.each(["ftrace", "blktrace"])("by %s says what is no disk", async (via) => {
    const cwd = folder({ "disk.img": "" });
    const ask = async (path: string) =>
      (await capture(cwd, "--via", via, "--device", path, "--", "true")).stderr.split("\n");
    expect(await ask("none")).toContain("blkreport: none: missing block device; name one that lsblk lists");
    expect(await ask("disk.img")).toContain(
      "blkreport: disk.img: invalid --device: it is no block device; name one that lsblk lists; losetup -f --show FILE makes one of an image",
    );
  });

  it.skipIf(!isRoot).each(["ftrace", "blktrace"])("by %s says that it needs root", (via) => {
    const words = [MAIN, "capture", "--via", via, "--device", device ?? "/dev/null", "--name", "work", "--", "true"];
    const { status, stderr } = spawnSync(process.execPath, words, {
      uid: 65534,
      gid: 65534,
      cwd: "/",
      encoding: "utf8",
      env: ENV,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`missing permission; --via ${via} needs root: run it with sudo`));
  });
});

/** Whether this kernel lets root trace a disk with blktrace. */
function blktraceWorks(): boolean {
  if (device === null) return false;
  const recorded = folder();
  const words = ["-d", device, "-w", "1", "-D", recorded];
  spawnSync("blktrace", words, { env: ENV, timeout: 10_000, killSignal: "SIGKILL" });
  return readdirSync(recorded).length > 0;
}

describe.skipIf(lacks("blktrace") || !isRoot)("capture --via blktrace", () => {
  it("records the same, where the kernel permits it", async ({ skip }) => {
    if (passedOver(!blktraceWorks(), "blktrace: this kernel does not permit it")) skip();
    const cwd = folder();
    const { status } = await capture(
      cwd,
      "--via",
      "blktrace",
      "--device",
      device!,
      "--mark",
      "work",
      "--",
      ...writes(),
    );
    expect([status, await requests(cwd, "traces/work", "--scope", "marked")]).toEqual([0, THREE_WRITES]);
  });

  it("says what the kernel refuses, before the command runs, and leaves nothing behind", async ({ skip }) => {
    if (device === null || blktraceWorks()) skip();
    const cwd = folder();
    const { status, stderr } = await capture(cwd, "--via", "blktrace", "--device", device!, "--", "touch", "ran");
    expect([status, readdirSync(cwd)]).toEqual([1, []]);
    expect(stderr).toMatch(
      /^blkreport: blktrace: invalid start of the recording: .*this kernel or container refuses it, even to root/,
    );
  });
});

/** What blktrace does as seen from outside: it makes files of debugfs, and writes its files when it is interrupted. */
const BLKTRACE = (debugfs: string, set: string) => `#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = -D ] && out=$2; shift; done
trap 'for n in 0 1; do cp ${set}.blktrace.$n $out/vda.blktrace.$n; done; exit 0' INT
mkdir -p ${debugfs}/block/vda
: > ${debugfs}/block/vda/msg
echo 5 > ${debugfs}/block/vda/dropped
: > $out/vda.blktrace.0
while :; do sleep 0.05; done
`;

it("a recorder that says that it failed and does not end is ended, and what it said is passed on", async () => {
  const cwd = folder();
  const script = join(cwd, "blktrace");
  writeFileSync(
    script,
    "#!/bin/sh\ntrap '' INT\necho 'FAILED to start thread on CPU 0: 16/Device busy'\nexec sleep 1000\n",
    { mode: 0o755 },
  );
  const start = { does: "start", argv: [script, "-D", cwd], until: join(cwd, "never"), stopWith: "SIGTERM" } as const;
  const interruption = { signal: null, each: () => () => {}, end: () => {} };
  await expect(startRecorder(start, join(cwd, "out"), interruption)).rejects.toThrow(
    "invalid start of the recording: FAILED to start thread on CPU 0: 16/Device busy; something else traces this disk: end that first",
  );
});

it("the plan of blktrace waits until it traces, marks, counts what it lost, and keeps all its files", async () => {
  const cwd = folder();
  const [debugfs, bin] = [join(cwd, "debugfs"), join(cwd, "bin")];
  mkdirSync(bin);
  writeFileSync(join(bin, "blktrace"), BLKTRACE(debugfs, join(ROOT, "traces/filesystems/xfs-fstrim")), { mode: 0o755 });
  const question = {
    via: "blktrace",
    place: "traces/work",
    disk: null,
    createBytes: null,
    device: "/dev/vda",
    marks: ["work"],
    bufferBytes: 1 << 20,
    guestfishInput: null,
  } as const;
  const disk = { name: "vda", path: "/dev/vda", major: 254, minor: 0 };
  const plan = planBlktrace({ ...question, command: ["sh", "-c", `cp ${debugfs}/block/vda/msg ${cwd}/seen`] }, disk, {
    debugfs,
    cpus: 2,
  });
  const path = process.env["PATH"];
  process.env["PATH"] = `${bin}:${SYSTEM_PATH}`;
  try {
    const kept = folder();
    const outcome = await perform(plan, async (files) => {
      for (const file of files) copyFileSync(file, join(kept, file.slice(file.lastIndexOf("/") + 1)));
      return (await readRecording(plan, files))?.rows;
    });
    expect(outcome).toMatchObject({ status: 0, lost: 5, interrupted: null, troubles: [] });
    expect(readdirSync(kept).sort()).toEqual(["vda.blktrace.0", "vda.blktrace.1"]);
    expect(outcome.kept).toBeGreaterThan(0);
    expect(readFileSync(join(cwd, "seen"), "utf8")).toBe("begin work\n");
    expect(readFileSync(join(debugfs, "block/vda/msg"), "utf8")).toContain("end work\n");
  } finally {
    process.env["PATH"] = path;
  }
});
