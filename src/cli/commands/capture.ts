import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Captured, capture as captureTrace, filesInPlace } from "../../capture/capture.ts";
import { AskedWrongly } from "../../capture/plan/askedWrongly.ts";
import { guestfishFile, hasGuestfishWords } from "../../capture/plan/guestfishRun.ts";
import type { Argv } from "../../capture/plan/plan.ts";
import { isGuestfish, type Question, WAYS, type Way } from "../../capture/plan/question.ts";
import { scriptOf } from "../../capture/plan/script.ts";
import { prepare, readStandardInput } from "../../capture/prepare.ts";
import { TraceError } from "../../model/errors.ts";
import { counted } from "../../model/quantities.ts";
import { sizeOption } from "../bytes.ts";
import { type Command, textOption, UsageError, type Values } from "../command.ts";
import { writeLine } from "../terminal.ts";

const DEFAULT_BUFFER = "64M";
/** How shells call the end by a signal. */
const STATUS_OF = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export const capture: Command = {
  help: `
Runs COMMAND, records what it does to a disk, and puts three files into the folder of traces: the trace, its side file
(command, versions, size of the disk, date) and its layout (what lies where on the disk afterwards).
Ctrl-C ends COMMAND and keeps what was recorded. The exit status is COMMAND's; 1 where the recording failed.

  --via WAY        nbdkit     an image, under guestfish or any NBD client: "{uri}" among its words, or $NBD_URI, is the disk
                   qemu       qemu-img, qemu-io, qemu-nbd, qemu-system-…, or guestfish with --disk: qemu's own trace events
                   ftrace     a disk of this machine, with nothing but its kernel (root)
                   blktrace   the same, in blktrace's binary format (root)
  --name NAME      of the trace; folder/name is a name in a group
  --disk FILE      the raw image that is recorded (nbdkit; qemu with guestfish)
  --create SIZE    makes this image first: 10M, 1G
  --device /dev/X  the disk that is recorded (ftrace, blktrace)
  --mark TEXT      guestfish: the commands that begin so become a marked span; may be given several times
                   ftrace, blktrace: the span's name, around COMMAND; parts: echo begin NAME > "$BLKREPORT_MARKS"
  --traces DIR     the folder of traces (default: traces)
  --title T, --description T   for the side file
  --buffer SIZE    of the kernel, for all CPUs together (default: ${DEFAULT_BUFFER})
  --no-layout      leave the layout out
  --force          replace a trace of this name; what people wrote into its side file stays
  --dry-run        print the commands that would run, as a script

guestfish gets the disk added, labelled and started, and then does the commands on its command line, in the file that -f
names, or on its standard input; -m mounts.
`,
  options: {
    via: { type: "string" },
    name: { type: "string" },
    disk: { type: "string" },
    create: { type: "string" },
    device: { type: "string" },
    mark: { type: "string", multiple: true },
    traces: { type: "string" },
    title: { type: "string" },
    description: { type: "string" },
    buffer: { type: "string" },
    "no-layout": { type: "boolean" },
    force: { type: "boolean" },
    "dry-run": { type: "boolean" },
  },
  async run(values, words) {
    try {
      return await captureAsAsked(values, questionOf(values, words));
    } catch (error) {
      throw error instanceof AskedWrongly ? new UsageError(error.message, { cause: error }) : error;
    }
  },
};

async function captureAsAsked(values: Values, question: Question): Promise<number> {
  const prepared = prepare(question);
  const troubles = [...prepared.troubles];
  const [old] = filesInPlace(prepared.plan);
  if (old !== undefined && values["force"] !== true)
    troubles.push(
      new TraceError(
        { file: old },
        "invalid",
        "--name: there is a trace",
        "choose another name, or --force to replace it",
      ),
    );
  for (const { message } of troubles) writeLine(process.stderr, `blkreport: ${message}`);
  if (values["dry-run"] === true) {
    process.stdout.write(scriptOf(prepared.plan));
    return 0;
  }
  if (troubles.length > 0) return 1;
  const wishes = {
    title: textOption(values, "title", "") || null,
    description: textOption(values, "description", "") || null,
    layout: values["no-layout"] !== true,
  };
  const captured = await captureTrace(question, prepared, wishes);
  say(captured);
  return statusOf(captured);
}

function say({ files, requests, status, interrupted, troubles, notices }: Captured): void {
  const line = (text: string) => writeLine(process.stderr, text);
  if (interrupted !== null) line(`blkreport: interrupted by ${interrupted}`);
  else if (status !== 0 && status !== null) line(`blkreport: the command ended with exit status ${status}`);
  for (const { message } of troubles) line(`blkreport: ${message}`);
  for (const notice of notices) line(`blkreport: ${notice}`);
  if (files.length === 0) {
    const why = status === null ? "the command did not run" : "the command made no request to the disk";
    line(`blkreport: nothing was recorded: ${why}`);
  } else line(`${counted(requests, "request")} in ${files.join(", ")}`);
}

/** The command's own, as far as there is one: what calls capture is to see whether it did its work. */
function statusOf({ files, status, interrupted, troubles }: Captured): number {
  if (interrupted !== null) return STATUS_OF[interrupted];
  if (status !== 0 && status !== null) return status;
  return files.length === 0 || troubles.length > 0 ? 1 : 0;
}

function questionOf(values: Values, words: readonly string[]): Question {
  const [program, ...rest] = words;
  if (program === undefined) throw new UsageError("missing COMMAND behind --; see blkreport capture --help");
  const command: Argv = [program, ...rest];
  const via = wayOf(textOption(values, "via", ""));
  const createBytes = values["create"] === undefined ? null : sizeOption("create", textOption(values, "create", ""));
  const disk = textOption(values, "disk", "") || null;
  if (createBytes !== null && disk === null) throw new UsageError("missing --disk FILE: what --create makes");
  const device = textOption(values, "device", "") || null;
  const isOfKernel = via === "ftrace" || via === "blktrace";
  if (isOfKernel && disk !== null)
    throw new UsageError(`unsupported --disk: ${via} records a --device; losetup -f --show FILE makes one of an image`);
  if (!isOfKernel && device !== null) throw new UsageError(`unsupported --device: ${via} records an image, --disk`);
  return {
    via,
    place: placeOf(textOption(values, "traces", "traces"), textOption(values, "name", "")),
    disk,
    createBytes,
    device,
    marks: [values["mark"] ?? []].flat().map(String),
    bufferBytes: sizeOption("buffer", textOption(values, "buffer", DEFAULT_BUFFER)),
    command,
    guestfishInput: isGuestfish(command) && !isOfKernel ? guestfishInputOf(command) : null,
  };
}

function wayOf(word: string): Way {
  const way = WAYS.find((one) => one === word);
  if (way !== undefined) return way;
  const known = WAYS.join(", ");
  throw new UsageError(word === "" ? `missing --via WAY: ${known}` : `unknown way "${word}"; capture knows ${known}`);
}

function placeOf(traces: string, name: string): string {
  if (name === "") throw new UsageError("missing --name NAME: what the trace is called");
  const parts = name.split("/");
  if (parts.some((part) => part === "" || part.startsWith(".")) || /\.json$/.test(name))
    throw new UsageError(`invalid --name "${name}"; expected a name such as write-hello or guestfish/write-hello`);
  return join(traces, name);
}

function guestfishInputOf(command: Argv): string | null {
  if (hasGuestfishWords(command)) return null;
  const file = guestfishFile(command);
  if (file === null) return readStandardInput();
  if (!existsSync(file)) throw new TraceError({ file }, "missing", "file of guestfish's commands", "check its name");
  return readFileSync(file, "utf8");
}
