import { byBytes } from "./walk.ts";

const CPU_FILE = /^(.+)\.blktrace\.(\d+)(?:\.(?:gz|zst|xz))?$/s;

/** The per-CPU set that a file belongs to by its name: "x/sda" for "x/sda.blktrace.3" and "x/sda.blktrace.3.gz"; null for any other file. */
export function setOfCpuFile(name: string): string | null {
  return CPU_FILE.exec(name)?.[1] ?? null;
}

/** Files of one set by the number of their CPU. */
function byCpu(a: string, b: string): number {
  return cpuOf(a) - cpuOf(b) || byBytes(a, b);
}

/** The files of one set, in the order of their CPUs, with each CPU once: compressed beside itself it would count twice. */
export function onePerCpu(names: readonly string[]): {
  readonly names: readonly string[];
  readonly copies: readonly string[];
} {
  const sorted = names.toSorted(byCpu);
  const isCopy = (name: string, i: number) => i > 0 && cpuOf(sorted[i - 1]!) === cpuOf(name);
  return { names: sorted.filter((name, i) => !isCopy(name, i)), copies: sorted.filter(isCopy) };
}

function cpuOf(name: string): number {
  return Number(CPU_FILE.exec(name)?.[2] ?? -1);
}
