/** /dev/vda1 and /dev/mapper/VG-LV as people and traces call them. */
export function shortName(path: string): string {
  return path.replace(/^\/dev\/(mapper\/)?/, "");
}

/** "VG-LV" of the device mapper, in which a hyphen of a name is written twice, as LVM calls it: "VG/LV". */
export function lvmName(mapped: string): string {
  const [, group, volume] = /^((?:[^-]|--)+)-((?:[^-]|--)+)$/.exec(mapped) ?? [];
  return group === undefined || volume === undefined
    ? mapped
    : `${group.replaceAll("--", "-")}/${volume.replaceAll("--", "-")}`;
}

/** The name of a partition: vda1, nvme0n1p1; of an image without a name: "partition 1". */
export function partitionName(disk: string | null, number: number): string {
  if (disk === null) return `partition ${number}`;
  return /\d$/.test(disk) ? `${disk}p${number}` : `${disk}${number}`;
}
