import { byBytes } from "./walk.ts";

const CPU_FILE = /^(.+)\.blktrace\.(\d+)$/s;

/** The per-CPU set that a file belongs to by its name: "x/sda" for "x/sda.blktrace.3"; null for any other file. */
export function setOfCpuFile(name: string): string | null {
  return CPU_FILE.exec(name)?.[1] ?? null;
}

/** Files of one set by the number of their CPU. */
export function byCpu(a: string, b: string): number {
  return cpuOf(a) - cpuOf(b) || byBytes(a, b);
}

function cpuOf(name: string): number {
  return Number(CPU_FILE.exec(name)?.[2] ?? -1);
}
