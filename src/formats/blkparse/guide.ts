import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: true,
  merges: true,
  process: true,
  cpu: true,
  flags: true,
  flush: true,
  discard: true,
  writeZeroes: "some",
  error: true,
  deviceSize: false,
};

export const guide: Guide = {
  about:
    "Printed by blkparse from the files of blktrace, or by btrace while it records: a line for every step of every request.",
  source: "https://github.com/sdsc/blktrace/blob/1a15f6a82d62babb9d2f04a7400ff316a666dd42/blkparse_fmt.c",
  sample: `
254,0    1        7     0.000219040   499  D  WS 55298 + 2560 [dd]
254,0    1       13     0.005550620     0  C  WS 55298 + 2560 [0]`,
  record: [
    {
      what: "Print what blktrace recorded; -q leaves out the summary, which is not read.",
      commands: `
blktrace -d /dev/sda -D traces &
mkfs.ext4 /dev/sda1; sync
kill -INT %1; wait
blkparse -q -D traces -i sda -o mkfs.blkparse.txt`,
    },
    {
      what: "Print it while it is recorded.",
      commands: "btrace /dev/sda > mkfs.blkparse.txt",
    },
    {
      what: "Choose the fields with -f (or -F for one action), and give the format string in the side file.",
      commands: `
blkparse -q -D traces -i sda -f '%D,%T.%t,%p,%a,%d,%S,%n,%e,%C\\n' -o mkfs.csv
echo '{ "read": { "blkparseFormat": "%D,%T.%t,%p,%a,%d,%S,%n,%e,%C\\\\n" } }' > mkfs.csv.json`,
    },
  ],
  notes: [
    "The files of blktrace say more and are smaller: keep them where you can.",
    "The text has no wall-clock time; it counts seconds from its first event.",
    "blkparse 1.2 does not print events and messages that carry a cgroup id; the sequence numbers tell that they are missing.",
    "A format string needs %a, %d, %S, and %n or %N; %D (or %M and %m), %T.%t (or %z), %c, %p, %C, %e are used where they are there.",
    "With -f where a remap came from is not printed, and a passthrough command looks like a request unless %P shows its bytes.",
    '-F is told as "blkparseFormatOf": { "C": "…" }, by the letters of the actions.',
  ],
};
