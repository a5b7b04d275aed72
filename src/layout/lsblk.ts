import { SECTOR_BYTES } from "../model/units.ts";
import { shortName } from "./deviceName.ts";
import { countOf, type Fields, rowsOf, toolJson, wordOf } from "./toolJson.ts";

/** A block device as `lsblk -J -O -b` lists it. */
export interface ListedDevice {
  /** vda1, VG-LV. */
  readonly name: string;
  /** The kernel's name, which traces have: vda1, dm-0. */
  readonly kernelName: string;
  /** "254:1". */
  readonly number: string | null;
  readonly bytes: number | null;
  readonly fromBytes: number | null;
  /** disk, part, lvm, raid1 … */
  readonly type: string;
  readonly filesystem: string | null;
  readonly mounts: readonly string[];
  readonly children: readonly ListedDevice[];
}

export function parseLsblk(text: string, file: string): readonly ListedDevice[] {
  return rowsOf(toolJson(text, file)["blockdevices"]).flatMap(listed);
}

function listed(row: Fields): ListedDevice[] {
  const name = wordOf(row["name"]);
  if (name === null) return [];
  const start = countOf(row["start"]);
  const mounts = Array.isArray(row["mountpoints"]) ? row["mountpoints"] : [row["mountpoint"]];
  return [
    {
      name: shortName(name),
      kernelName: shortName(wordOf(row["kname"]) ?? name),
      number: wordOf(row["maj:min"]),
      bytes: countOf(row["size"]),
      fromBytes: start === null ? null : start * SECTOR_BYTES,
      type: wordOf(row["type"]) ?? "",
      filesystem: wordOf(row["fstype"]),
      mounts: mounts.filter((mount): mount is string => typeof mount === "string" && mount.startsWith("/")),
      children: rowsOf(row["children"]).flatMap(listed),
    },
  ];
}

/** Every device of the tree, each once: a volume on two disks is listed below both. */
export function everyDevice(devices: readonly ListedDevice[]): readonly ListedDevice[] {
  const all = new Map<string, ListedDevice>();
  const add = (device: ListedDevice) => {
    if (!all.has(device.kernelName)) all.set(device.kernelName, device);
    device.children.forEach(add);
  };
  devices.forEach(add);
  return [...all.values()];
}
