import { join } from "node:path";
import { codeFingerprint } from "../io/fingerprint.ts";
import { settledStampOf } from "../io/hashes.ts";
import { openMemory } from "../io/memory.ts";
import { sha256 } from "../io/sha256.ts";
import { formatOf } from "./formatOf.ts";
import type { Recognise, Recognition } from "./sources.ts";

/** What files are, as far as they were looked into before. */
export interface KnownFormats {
  readonly recognise: Recognise;
  save(): void;
}

/** Opens the memory of formats in the cache: to try every format on every file takes longer than all else of a build in which nothing has changed. */
export function openFormats(cacheDir: string, options: { readonly verify: boolean }): KnownFormats {
  const known = openMemory<Recognition>(join(cacheDir, "formats.json"), options);
  return {
    save: known.save,
    async recognise(files, hints) {
      const stamps = () => files.map(({ path }) => settledStampOf(path));
      const keyOf = (stamped: readonly (string | null)[]) =>
        sha256(JSON.stringify([codeFingerprint(), hints, files.map(({ name }) => name), stamped]));
      const before = stamps();
      const key = keyOf(before);
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const { format, reason } = await formatOf(files, hints);
      if (!before.includes(null) && keyOf(stamps()) === key) known.set(key, { format, reason });
      return { format, reason };
    },
  };
}
