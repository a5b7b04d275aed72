import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: false,
  completion: false,
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: false,
  flush: false,
  discard: false,
  writeZeroes: false,
  error: false,
  deviceSize: true,
};

export const guide: Guide = {
  about: "Written by the patched qemu of libguestfs' visualize-alignment while guestfish ran one operation.",
  source:
    "https://github.com/libguestfs/libguestfs/blob/08840bab44c38d0c69b5780c57b2bf370c96d58c/contrib/visualize-alignment/tracetops.ml",
  sample: `
S 20480
R 66 2
W 64 8`,
  record: [
    {
      what: "Make one of any trace that blkreport reads.",
      commands: "blkreport convert disk.log --to qtr -o disk.qtr",
    },
  ],
  notes: [
    "There is no time: the axis is the number of the request.",
    "Flushes and discards are not in it.",
    "Reads of the sectors 2, 21, 15, 2 begin the marked span, and of 2, 15, 21, 2 end it.",
  ],
};
