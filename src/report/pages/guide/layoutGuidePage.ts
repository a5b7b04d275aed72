import { type Frame, frameOf, type SiteFacts } from "../frame.ts";
import { LAYOUT_GUIDE_PATH } from "../links.ts";

/** Names for what requests touch: where they come from, and what becomes of them. */
export interface LayoutGuidePage {
  readonly frame: Frame;
  readonly title: string;
  readonly about: string;
  readonly sections: readonly Section[];
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly commands: readonly { readonly what: string; readonly text: string }[];
  readonly points: readonly string[];
}

const MAKE: Section = {
  id: "make",
  title: "Make one",
  about:
    "Nothing is parsed from the disk itself: the tools of its partitions, volumes and filesystems tell what lies where, and what is missing is named with the package that brings it.",
  commands: [
    { what: "While recording", text: "blkreport capture writes it by itself, after the command has ended." },
    { what: "Of an image of the disk", text: "blkreport layout disk.img -o traces/work.log.layout.json" },
    {
      what: "Of what the tools printed, on whatever machine",
      text: `sfdisk -J /dev/vda > seen/sfdisk-vda.json
lsblk -J -O -b > seen/lsblk.json
dumpe2fs /dev/vda1 > seen/dumpe2fs-vda1.txt
filefrag -v /mnt/hello > seen/filefrag.txt
blkreport layout --from seen -o traces/vda.layout.json`,
    },
  ],
  points: [
    "It says where things are when it is made: make it right after the recording, of a disk that is unmounted or at rest. A file that was deleted before has no name any more.",
    "blkreport layout --help lists the outputs that --from reads.",
  ],
};

const FILE: Section = {
  id: "file",
  title: "The file",
  about:
    "It lies beside the trace, under the trace's whole name with .layout.json behind it: work.log.layout.json, or vda.layout.json for the set vda.blktrace.0, vda.blktrace.1. Extents are bytes of the device: where they begin, and how long they are.",
  commands: [
    {
      what: "work.log.layout.json",
      text: `{
  "layout": "blkreport/layout/1",
  "sources": ["sfdisk 2.38.1", "dumpe2fs 1.47.0"],
  "devices": [{ "device": null, "bytes": 10485760, "structures": [
    { "name": "sda1", "kind": "partition", "within": null, "extents": [[65536, 10354688]] },
    { "name": "ext2", "kind": "filesystem", "within": 0, "extents": [[65536, 10354688]] },
    { "name": "superblock", "kind": "superblock", "within": 1, "extents": [[66560, 1024]] },
    { "name": "/hello", "kind": "file", "within": 1, "extents": [[590848, 1024]] }
  ] }]
}`,
    },
  ],
  points: [
    "device is the id or the name that the trace has for it; null where the trace has only one.",
    "within is the position in the list of what holds a structure; where two overlap, the later one is the more exact.",
    "A logical volume that is in the trace has a list of its own, at its own addresses; the disk below has the same structures at the disk's.",
  ],
};

const USE: Section = {
  id: "use",
  title: "What it is used for",
  about: "Without a layout a page says the same as ever, in sectors; with one it names them.",
  commands: [
    {
      what: "A limit on what a comparison may change, in traces/blkreport.json",
      text: '{ "gates": [{ "metric": "targets.structures.journal.byOp.write.count", "max": "+0" }] }',
    },
  ],
  points: [
    "The first screen says where the writes go; a table has requests, bytes and alignment for each structure and file; the lists of requests and of the slowest name what each touches.",
    "In the sector map a line above the cells, over time a bracket beside the addresses, names what was touched; the nearest are folded where there is no room.",
    "A comparison says for which structures requests became more or fewer, where both sides have a layout.",
    "Findings use it: writes outside every partition, the share of metadata, the share of the journal. Partitions are the layout's; those of the side file count where it has none.",
    "A request counts once for each structure that it touches, with the bytes that lie there; what lies in no structure with a name is counted for what holds it, or as no known structure.",
  ],
};

const SECTIONS = [MAKE, FILE, USE];

export function layoutGuidePage(site: SiteFacts): LayoutGuidePage {
  const title = "Name what was touched: layouts";
  return {
    frame: frameOf(site, {
      title,
      description: "A layout beside a trace names the partitions, structures and files that its requests touch.",
      path: LAYOUT_GUIDE_PATH,
      toc: SECTIONS.map(({ id, title: label }) => ({ href: `#${id}`, label })),
    }),
    title,
    about:
      "A trace knows sectors. A layout beside it says what lies there, and the site names it: the journal, the inode table of a group, /hello.",
    sections: SECTIONS,
  };
}
