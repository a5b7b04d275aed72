import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A stream as a file, since a trace may be read twice. */
export interface Spooled {
  readonly path: string;
  remove(): Promise<void>;
}

/** What a stream gives, kept in a file until it is removed. */
export async function spoolStream(input: Readable): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), "blkreport-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "stream");
  try {
    await pipeline(input, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}
