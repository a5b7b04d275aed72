const PER_CPU = /^(?:.*\/)?([^/]+)\.blktrace\.(\d+)(?:\.(?:gz|zst|xz))?$/;
/** Names that the kernel gives to disks; `blktrace -o` names a set as it likes. */
const DISK =
  /^(?:(?:sd|vd|xvd|hd|dasd)[a-z]+|(?:nvme\d+(?:c\d+)?n|mmcblk|dm-|md|loop|ram|zram|nbd|sr|rbd|pmem|bcache|drbd|nullb)\d+)(?:p?\d+)?$/;

/** What a file's name says of its part in a set: `vda.blktrace.3` is CPU 3 of the set "vda". */
export interface SetPlace {
  readonly set: string;
  readonly cpu: number;
}

/** The place of a file in its per-CPU set, or null. */
export function setPlaceOf(name: string): SetPlace | null {
  const match = PER_CPU.exec(name);
  return match ? { set: match[1]!, cpu: Number(match[2]) } : null;
}

/** Whether a set's name is the kernel's name of a disk. */
export function isDiskName(name: string): boolean {
  return DISK.test(name);
}

/** By CPU number, then by name: an order that does not depend on how the files were given. */
export function byCpuAndName(a: string, b: string): number {
  const cpus = (setPlaceOf(a)?.cpu ?? -1) - (setPlaceOf(b)?.cpu ?? -1);
  return cpus || (a < b ? -1 : Number(a > b));
}

/** For each set, the CPUs between 0 and its highest that have no file. */
export function missingCpus(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const cpusOf = new Map<string, Set<number>>();
  for (const place of names.map(setPlaceOf)) {
    if (place) cpusOf.set(place.set, (cpusOf.get(place.set) ?? new Set()).add(place.cpu));
  }
  const missing = [...cpusOf].map(([set, cpus]): [string, number[]] => [set, absent(cpus)]);
  return new Map(missing.filter(([, cpus]) => cpus.length > 0));
}

function absent(cpus: ReadonlySet<number>): number[] {
  let highest = 0;
  for (const cpu of cpus) highest = Math.max(highest, Math.min(cpu, 65535));
  return Array.from({ length: highest }, (_, cpu) => cpu).filter((cpu) => !cpus.has(cpu));
}
