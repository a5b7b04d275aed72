import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { blkTracer } from "../../src/formats/blkTracer/index.ts";
import { bpftrace } from "../../src/formats/bpftrace/index.ts";
import { fioIolog } from "../../src/formats/fioIolog/index.ts";
import { fioLog } from "../../src/formats/fioLog/index.ts";
import { ftrace } from "../../src/formats/ftrace/index.ts";
import { nbdkitLog } from "../../src/formats/nbdkit/index.ts";
import { perfScript } from "../../src/formats/perfScript/index.ts";
import { qemuTrace } from "../../src/formats/qemu/index.ts";
import type { Format, ReadHints } from "../../src/model/format.ts";
import { inputFromText, readAll } from "../support/inputs.ts";

/** So many lines of a real file that the few odd ones do not make it one that is not understood. */
const MANY = 300;
/** Something that may be wrong with a line, at some place of it. */
const oddity = fc.record({
  line: fc.nat(MANY - 1),
  at: fc.nat(110),
  length: fc.constantFrom(0, 0, 1, 2, 14),
  text: fc.constantFrom(
    "",
    " ",
    "  ",
    "\t",
    "7",
    "[",
    "]",
    ":",
    "(0) ",
    "X",
    "N",
    "-1 ",
    "0x",
    "123456789012",
    "8,1 ",
    ", 7",
  ),
});

/** What reading comes to, whether it is refused or not. */
async function outcome(
  format: Format,
  hints: ReadHints,
  lines: readonly string[],
  lineEnd: string,
  chunkBytes: number,
): Promise<object> {
  const text = lines.map((line) => line + lineEnd).join("");
  try {
    return await readAll(format, [inputFromText("t", text, chunkBytes)], {}, hints);
  } catch (error) {
    return { refused: String(error) };
  }
}

// Lines of the usual shape are read in a way of their own; a line with a carriage return never is.
it.each<{ file: string; format: Format; hints?: ReadHints }>([
  { file: "blkTracer-ext4/trace.txt", format: blkTracer },
  { file: "ftrace-priority-and-tgid/files.ftrace.txt", format: ftrace },
  { file: "ftrace-lvm/lv.ftrace.txt", format: ftrace },
  { file: "perf-script-ns/files.perf.txt", format: perfScript },
  { file: "bpftrace-three-drivers/disk.bpftrace", format: bpftrace },
  { file: "bpftrace-virtio/vda.bpftrace", format: bpftrace },
  { file: "fio-iolog-v2-fsync/fsync.iolog", format: fioIolog },
  { file: "fio-iolog-v3-four-files/files.iolog", format: fioIolog },
  { file: "fio-iolog-blank-in-name/blank.iolog", format: fioIolog },
  { file: "fio-log-bw/mix_bw.1.log", format: fioLog, hints: { fioLog: "bw" } },
  { file: "fio-log-wall-clock/prio_clat.1.log", format: fioLog, hints: { fioLog: "clat" } },
  { file: "nbdkit-rm-rf/nbdkit.log", format: nbdkitLog },
  { file: "nbdkit-two-exports/nbdkit.log", format: nbdkitLog },
  { file: "nbdkit-begins-late/nbdkit.log", format: nbdkitLog },
  { file: "qemu-three-disks/disk.log", format: qemuTrace },
  { file: "qemu-begins-late/qemu-trace.log", format: qemuTrace },
  { file: "qemu-nbd-server/server.log", format: qemuTrace },
])(
  "says the same of the lines of $file whether they are of the usual shape or not quite",
  async ({ file, format, hints = {} }) => {
    const real = readFileSync(`test/golden/formats/${file}`, "latin1").trimEnd().split("\n").slice(0, MANY);
    const property = fc.asyncProperty(fc.array(oddity, { maxLength: 3 }), async (oddities) => {
      const lines = [...real];
      for (const { line, at, length, text } of oddities) {
        const odd = lines[line % lines.length]!;
        lines[line % lines.length] = odd.slice(0, at) + text + odd.slice(at + length);
      }
      const expected = await outcome(format, hints, lines, "\r\n", 1000);
      expect(await outcome(format, hints, lines, "\n", 4096)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 60 });
  },
);
