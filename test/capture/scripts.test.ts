import { describe, expect, it } from "vitest";
import { planBlktrace } from "../../src/capture/plan/blktrace.ts";
import { FTRACE_EVENTS, planFtrace } from "../../src/capture/plan/ftrace.ts";
import { planNbdkit } from "../../src/capture/plan/nbdkit.ts";
import type { Plan } from "../../src/capture/plan/plan.ts";
import { planQemu, WANTED_EVENTS } from "../../src/capture/plan/qemu.ts";
import type { Question } from "../../src/capture/plan/question.ts";
import { scriptOf } from "../../src/capture/plan/script.ts";
import { KNOWN_EVENTS } from "../../src/formats/qemu/events/index.ts";
import { eventOf, OTHER_EVENT } from "../../src/formats/traceEvents/tracepoints.ts";

const ASKED: Question = {
  via: "nbdkit",
  place: "traces/work",
  disk: null,
  createBytes: null,
  device: null,
  marks: [],
  bufferBytes: 64 << 20,
  command: ["true"],
  guestfishInput: null,
};
const HELLO = 'write /hello "hello, world."';
const LOOP = { name: "loop0", path: "/dev/loop0", major: 7, minor: 0 };
const FTRACE = { tracefs: "/sys/kernel/tracing", clocks: ["local", "mono"], events: new Set(FTRACE_EVENTS), cpus: 2 };
const QEMU = { hypervisor: "/usr/bin/qemu-system-x86_64", events: null };

const PLANS: Record<string, () => Plan> = {
  "nbdkit-guestfish": () =>
    planNbdkit({
      ...ASKED,
      place: "traces/guestfish/write-hello",
      disk: "test1.img",
      createBytes: 10 << 20,
      marks: [HELLO],
      command: ["guestfish", "-m", "/dev/sda1", "write", "/hello", "hello, world.", ":", "ls", "/"],
    }),
  "nbdkit-other": () =>
    planNbdkit({ ...ASKED, disk: "a disk.img", command: ["sh", "-c", 'nbdcopy it\'s "$NBD_URI" {uri}'] }),
  "qemu-guestfish": () =>
    planQemu(
      {
        ...ASKED,
        via: "qemu",
        disk: "test1.img",
        marks: ["mkfs"],
        command: ["guestfish"],
        guestfishInput: "run\n# a comment\npart-disk /dev/sda mbr\nmkfs ext2 /dev/sda1\nmkfs ext2 /dev/sda1\nls /\n",
      },
      QEMU,
    ),
  "qemu-img": () =>
    planQemu(
      { ...ASKED, via: "qemu", command: ["qemu-img", "convert", "a.raw", "b.qcow2"] },
      { ...QEMU, events: new Set(["blk_co_preadv", "blk_co_pwritev", "qcow2_x"]) },
    ),
  "qemu-system": () => planQemu({ ...ASKED, via: "qemu", command: ["/opt/qemu-system-x86_64", "-hda", "a.raw"] }, QEMU),
  "qemu-libguestfs": () => planQemu({ ...ASKED, via: "qemu", command: ["virt-df", "-a", "a.raw"] }, QEMU),
  ftrace: () =>
    planFtrace(
      {
        ...ASKED,
        via: "ftrace",
        place: "traces/disks/mkfs ext4",
        marks: ["mkfs"],
        command: ["mkfs.ext4", "/dev/loop0"],
      },
      LOOP,
      FTRACE,
    ),
  "ftrace-old-kernel": () =>
    planFtrace(
      { ...ASKED, via: "ftrace" },
      { ...LOOP, major: 259, minor: 3 },
      { ...FTRACE, clocks: ["local", "global"], events: new Set(["block_rq_issue", "block_rq_complete"]) },
    ),
  blktrace: () =>
    planBlktrace({ ...ASKED, via: "blktrace", marks: ["mkfs"], command: ["mkfs.ext4", "/dev/loop0"] }, LOOP, {
      debugfs: "/sys/kernel/debug",
      cpus: 2,
    }),
};

describe("a recording as a script", () => {
  it.each(Object.entries(PLANS))("%s", async (name, plan) => {
    await expect(scriptOf(plan())).toMatchFileSnapshot(`../golden/capture/${name}.sh`);
  });
});

describe("what is recorded", () => {
  it("of qemu is what the reader knows", () => {
    const known = new Set(KNOWN_EVENTS.map(({ name }) => name));
    expect(WANTED_EVENTS.filter((name) => !known.has(name) && name !== "bdrv_open_common")).toEqual([]);
  });

  it("of the kernel is what the reader takes requests from", () => {
    const others: number[] = Object.values(OTHER_EVENT);
    expect(FTRACE_EVENTS.filter((name) => others.includes(eventOf(name)))).toEqual([]);
  });
});

describe("what cannot be meant", () => {
  const ask = (question: Partial<Question>) => () => planNbdkit({ ...ASKED, disk: "a.img", ...question });

  it.each<[string, () => Plan, string]>([
    [
      "a mark that no command has",
      ask({ command: ["guestfish", "ls", "/"], marks: ["mkfs"] }),
      "unknown --mark 'mkfs': no command begins so; there are: ls /",
    ],
    [
      "a mark that is a part of a word",
      ask({ command: ["guestfish", "mkfs-opts", "x"], marks: ["mkfs"] }),
      "unknown --mark 'mkfs': no command begins so; there are: mkfs-opts x",
    ],
    [
      "a mark without guestfish",
      ask({ command: ["nbdcopy", "a", "{uri}"], marks: ["x"] }),
      "unsupported --mark: with --via nbdkit it marks commands of guestfish, and this is another program",
    ],
    [
      "guestfish with a disk of its own",
      ask({ command: ["guestfish", "-a", "b.img", "run"] }),
      'unsupported guestfish option "-a": capture adds the disk and starts the appliance; say it as a command, or with -m',
    ],
    [
      "guestfish without commands",
      ask({ command: ["guestfish"] }),
      "missing commands of guestfish: behind its name, in a file (-f), or on standard input",
    ],
    ["guestfish's -m without its device", ask({ command: ["guestfish", "-m"] }), "missing value of guestfish's -m"],
    ["no disk", ask({ disk: null }), "missing --disk FILE: the image that nbdkit serves"],
    [
      "a disk for a program of qemu",
      () => planQemu({ ...ASKED, disk: "a.img", command: ["qemu-img"] }, QEMU),
      "unsupported --disk: with --via qemu it is for guestfish; other programs name their disks themselves",
    ],
    [
      "a mark for a program of qemu",
      () => planQemu({ ...ASKED, marks: ["a"], command: ["qemu-img"] }, QEMU),
      "unsupported --mark: with --via qemu it marks commands of guestfish, and this is another program",
    ],
    [
      "two marks of the kernel",
      () => planFtrace({ ...ASKED, via: "ftrace", marks: ["a", "b"] }, LOOP, FTRACE),
      'unsupported second --mark: with --via ftrace it is the name of one span, around the command; mark parts with: echo begin NAME > "$BLKREPORT_MARKS"',
    ],
    [
      "a mark of several lines",
      () => planFtrace({ ...ASKED, marks: ["a\nend a"] }, LOOP, FTRACE),
      'invalid --mark "a\nend a": a name of letters, digits, dots and hyphens',
    ],
  ])("%s", (_, plan, message) => {
    expect(plan).toThrow(message);
  });
});
