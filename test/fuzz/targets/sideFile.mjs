import { changedBytes } from "../mutate/bytes.mjs";
import { changedJson } from "../mutate/json.mjs";
import { sideFileTexts, traceSeeds } from "../seeds.mjs";
import { sideFile } from "./trace.mjs";

/** Every key that a side file may have. */
const EVERY_KEY = {
  title: "mkfs",
  description: "what to look at",
  command: "mkfs.ext4 /dev/vda",
  tags: ["ext4", "mkfs"],
  recordedAt: "2024-05-06T07:08:09Z",
  kernel: "Linux 6.1.0",
  host: "Dell R640",
  filesystem: "ext4",
  recorder: "blktrace 1.2.0",
  read: { columns: { time: 1, op: "op", offset: 3 }, units: { time: "us", offsetBytes: 512 }, ops: { R: "read" } },
  lsblk: {
    blockdevices: [
      {
        name: "vda",
        "maj:min": "254:0",
        size: 1048576,
        "log-sec": "512",
        rota: true,
        "disc-gran": "4K",
        children: [{ name: "vda1", "maj:min": "254:1", type: "part", start: 2048, size: 524288, fstype: "ext4" }],
      },
    ],
  },
  queue: ["vda rotational 0", "vda scheduler [none] mq-deadline"],
  devices: { "254,0": { name: "vda", bytes: 1048576, rotational: false }, disk: { bytes: 1048576, queueDepth: 64 } },
  cgroups: { 5432: "/sys/fs/cgroup/db.service" },
  sets: ["vdb"],
  baseline: ["other"],
  history: { of: "mkfs", commit: "abc", date: "2024-05-06", label: "v6.1" },
  spans: [{ name: "mkfs", fromNs: 0, toNs: 1e6 }],
  window: { fromNs: 0, toNs: 1e9 },
  expectSpans: ["mkfs"],
  defaultScope: "whole",
  layout: { partitions: [{ name: "p1", startSector: 64, sectors: 2048 }] },
};
const OFTEN_WITHOUT = ["window", "expectSpans", "sets", "defaultScope", "read"];

/** Side files of small traces. */
export function sideFileTarget() {
  const seeds = traceSeeds().filter(
    ({ from, files }) => files.length === 1 && files[0].bytes.length < 9000 && !from.includes("broken"),
  );
  const texts = [JSON.stringify(EVERY_KEY), ...sideFileTexts()];
  return {
    id: "side-file",
    weight: 6,
    inputOf(rnd) {
      const { files, read } = rnd.oneOf(seeds);
      const said = JSON.parse(rnd.once(2) ? texts[0] : rnd.oneOf(texts));
      for (const key of OFTEN_WITHOUT) if (!rnd.once(4)) delete said[key];
      const { name, bytes } = sideFile(files[0].name, rnd.once(3) ? said : { ...said, read });
      const changed = rnd.once(10) ? changedBytes(bytes, rnd, bytes) : changedJson(bytes, rnd, { likely: true });
      return [...files, { name, bytes: changed }];
    },
    run: (program, { files, written, isDeep }) =>
      isDeep ? program.summarizeAndShow(written()[0]) : program.read(files),
  };
}
