import { type Frame, frameOf, type SiteFacts } from "../frame.ts";
import { RECORDING_GUIDE_PATH } from "../links.ts";
import { blktrace, ftrace } from "./ways/kernel.ts";
import { nbdkit } from "./ways/nbdkit.ts";
import { qemu } from "./ways/qemu.ts";
import type { RecordingWay } from "./ways/way.ts";

/** From one command to a published trace, in each way. */
export interface RecordingGuidePage {
  readonly frame: Frame;
  readonly title: string;
  readonly about: string;
  readonly ways: readonly RecordingWay[];
}

const WAYS: readonly RecordingWay[] = [nbdkit, qemu, ftrace, blktrace];

export function recordingGuidePage(site: SiteFacts): RecordingGuidePage {
  const title = "Record a trace in one command";
  return {
    frame: frameOf(site, {
      title,
      description:
        "blkreport capture: from an empty machine to a published trace, with nbdkit, qemu, ftrace or blktrace.",
      path: RECORDING_GUIDE_PATH,
      toc: WAYS.map(({ id, title: label }) => ({ href: `#${id}`, label })),
    }),
    title,
    about:
      "blkreport capture runs a command, records what it does to a disk, and puts the trace, its side file and the layout of the disk into traces/. What is missing, not permitted or not supported is said before anything runs. Ctrl-C keeps what was recorded; the exit status is the command's; --dry-run prints the commands as a script, for doing it by hand.",
    ways: WAYS.map(({ steps, ...way }) => ({
      ...way,
      steps: steps.map(({ what, text }) => ({ what, text: text.trim() })),
    })),
  };
}
