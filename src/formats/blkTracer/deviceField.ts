import type { NumberField } from "../blkparse/numberRun.ts";

const NAME = { name: "device", expected: "major,minor" };

/** `major,minor`. */
export const DEVICE: readonly NumberField[] = [
  { ...NAME, followedBy: "," },
  { ...NAME, followedBy: " ", isRest: true },
];
