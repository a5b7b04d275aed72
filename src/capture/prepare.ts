import { closeSync, constants, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { release } from "node:os";
import { dirname } from "node:path";
import { permits } from "../io/permits.ts";
import { TraceError } from "../model/errors.ts";
import { blktraceFacts, type Disk, diskOf, ftraceFacts } from "./kernel.ts";
import { AskedWrongly } from "./plan/askedWrongly.ts";
import { planBlktrace } from "./plan/blktrace.ts";
import { planFtrace } from "./plan/ftrace.ts";
import { planNbdkit } from "./plan/nbdkit.ts";
import type { Plan } from "./plan/plan.ts";
import { planQemu, type QemuFacts, qemuKind, WANTED_EVENTS } from "./plan/qemu.ts";
import { isGuestfish, type Question } from "./plan/question.ts";
import { ask, findProgram, missingPrograms, versionOf } from "./programs.ts";

const READ_AND_WRITE = constants.R_OK | constants.W_OK;

/** What will be run, and what is known of it before. */
export interface Prepared {
  readonly plan: Plan;
  /** The program that records, and its version. */
  recorder(): string;
  readonly kernel: string | null;
  /** The traced block device; null: it is an image. */
  readonly disk: Disk | null;
  /** Why it cannot be run. */
  readonly troubles: readonly TraceError[];
}

/** Makes the plan for this machine, and says all that stands against it before anything runs. */
export function prepare(question: Question): Prepared {
  const prepared = WAYS[question.via](question);
  return { ...prepared, troubles: [...missingPrograms([question.command[0]]), ...prepared.troubles] };
}

const WAYS: Readonly<Record<Question["via"], (question: Question) => Prepared>> = {
  nbdkit: prepareNbdkit,
  qemu: prepareQemu,
  ftrace: prepareFtrace,
  blktrace: prepareBlktrace,
};

function prepareNbdkit(question: Question): Prepared {
  const plan = planNbdkit(question);
  const missing = missingPrograms(["nbdkit"]);
  return {
    plan,
    recorder: () => named("nbdkit", versionOf("nbdkit")),
    kernel: null,
    disk: null,
    troubles: [...(missing.length > 0 ? missing : nbdkitTroubles()), ...imageTroubles(question)],
  };
}

/** Distributions pack the plugin and the filter apart from the server. */
function nbdkitTroubles(): TraceError[] {
  const { status, stderr } = ask("nbdkit", ["--filter=log", "file", "--dump-plugin"]);
  if (status === 0) return [];
  const said = stderr.trim().split("\n")[0] ?? "";
  const cure = "install nbdkit of 1.2 or later, in Fedora nbdkit-basic-plugins and nbdkit-basic-filters too";
  return [
    new TraceError(
      { file: "nbdkit" },
      "unsupported",
      `nbdkit: its log filter or file plugin does not load: ${said}`,
      cure,
    ),
  ];
}

function prepareQemu(question: Question): Prepared {
  const kind = qemuKind(question.command);
  const program = kind === null ? hypervisorOf(question) : question.command[0];
  const events = eventsOf(program, kind === "tool" ? "-T" : "-trace");
  const plan = planQemu(question, { hypervisor: program, events });
  return {
    plan,
    recorder: () => named("qemu", versionOf(program)),
    kernel: null,
    disk: null,
    troubles: [
      ...(kind === null ? missingPrograms([program]) : []),
      ...eventTroubles(program, events),
      ...imageTroubles(question),
    ],
  };
}

/** The qemu that libguestfs would start. */
function hypervisorOf({ command }: Question): string {
  const own = process.env["LIBGUESTFS_HV"];
  if (own !== undefined && own !== "") return own;
  const guestfish = isGuestfish(command) ? command[0] : "guestfish";
  const told = findProgram(guestfish) === null ? "" : ask(guestfish, ["get-hv"]).stdout.trim();
  return told !== "" ? told : "qemu-system-x86_64";
}

function eventsOf(program: string, option: string): QemuFacts["events"] {
  if (findProgram(program) === null) return null;
  return new Set(ask(program, [option, "help"]).stdout.split(/\s+/));
}

function eventTroubles(program: string, events: QemuFacts["events"]): TraceError[] {
  if (events === null || WANTED_EVENTS.some((name) => events.has(name))) return [];
  const what = "qemu: it has no trace events of the block layer";
  return [
    new TraceError(
      { file: program },
      "unsupported",
      what,
      "install one of 2.8 or later with the log backend; try --via nbdkit",
    ),
  ];
}

function prepareFtrace(question: Question): Prepared {
  const { facts, troubles } = ftraceFacts();
  const { disk, device, troubles: ofDisk } = deviceAsked(question);
  return {
    plan: planFtrace(question, device, facts),
    recorder: () => "ftrace",
    kernel: `Linux ${release()}`,
    disk,
    troubles: [...ofDisk, ...troubles],
  };
}

function prepareBlktrace(question: Question): Prepared {
  const { disk, device, troubles: ofDisk } = deviceAsked(question);
  const { facts, troubles } = blktraceFacts(disk === null ? "" : device.name);
  return {
    plan: planBlktrace(question, device, facts),
    recorder: () => named("blktrace", versionOf("blktrace", "-V")),
    kernel: `Linux ${release()}`,
    disk,
    troubles: [...missingPrograms(["blktrace"]), ...ofDisk, ...troubles],
  };
}

function deviceAsked({ device: path, via }: Question) {
  if (path === null) throw new AskedWrongly(`missing --device /dev/X: the disk that ${via} records`);
  const disk = diskOf(path);
  if (!(disk instanceof TraceError)) return { disk, device: disk.device, troubles: [] };
  const unknown = { name: path.slice(path.lastIndexOf("/") + 1), path, major: 0, minor: 0 };
  return { disk: null, device: unknown, troubles: [disk] };
}

/** What stands against an image that is served or given to guestfish. */
function imageTroubles({ disk, createBytes }: Question): TraceError[] {
  if (disk === null) return [];
  const place = { file: disk };
  if (createBytes !== null) {
    if (existsSync(disk))
      return [
        new TraceError(place, "invalid", "--create: the image is there", "leave --create out, or remove the image"),
      ];
    return permits(dirname(disk), READ_AND_WRITE)
      ? []
      : [new TraceError(place, "missing", "permission to make it", "name a folder of your own")];
  }
  const stat = statSync(disk, { throwIfNoEntry: false });
  if (stat === undefined) return [new TraceError(place, "missing", "image", "--create SIZE makes one: --create 10M")];
  if (!stat.isFile() && !stat.isBlockDevice())
    return [new TraceError(place, "invalid", "--disk: it is no image and no block device", "name a raw image")];
  if (!permits(disk, READ_AND_WRITE))
    return [new TraceError(place, "missing", "permission to read and write it", "name an image of your own")];
  return isQcow2(disk)
    ? [
        new TraceError(
          place,
          "unsupported",
          "image: qcow2 has addresses of its own",
          "make it raw: qemu-img convert -O raw",
        ),
      ]
    : [];
}

function isQcow2(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const magic = Buffer.alloc(4);
    readSync(file, magic, 0, 4, 0);
    return magic.equals(Buffer.from("QFI\xfb", "latin1"));
  } finally {
    closeSync(file);
  }
}

function named(program: string, version: string | null): string {
  return version === null ? program : `${program} ${version}`;
}

/** What guestfish is to do, where that stands neither on its command line nor in a file that it names. */
export function readStandardInput(): string | null {
  return process.stdin.isTTY ? null : readFileSync(0, "utf8");
}
