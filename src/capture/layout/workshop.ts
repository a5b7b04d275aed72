import { rmSync, symlinkSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TraceError } from "../../model/errors.ts";
import { outputOf, runTool, versionIn } from "./runTool.ts";

/** A stretch of a file or a device that holds a volume. */
export interface Source {
  readonly path: string;
  readonly fromBytes: number;
  readonly bytes: number;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/** Copies are made of filesystems whose tools know no offset; holes take no room, but all is read. */
const MOST_COPIED_BYTES = 2 ** 36;
const COPY_BLOCK = "1M";

/** A folder of its own, and what the tools were that told something; the folder goes whatever happens. */
export class Workshop {
  readonly #folder: string;
  readonly #sources = new Map<string, string>();
  readonly notes: string[] = [];
  #copies = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async use<T>(work: (shop: Workshop) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), "blkreport-layout-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", remove);
    try {
      return await work(new Workshop(folder));
    } finally {
      process.off("exit", remove);
      remove();
    }
  }

  get sources(): readonly string[] {
    return [...this.#sources.values()];
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  /** A name for a file that no tool takes for more than a name: some know offsets and protocols in it. */
  plainName(path: string): string {
    const name = this.file("disk");
    symlinkSync(path, name);
    return name;
  }

  /** Notes that a tool told something, and its version, the first that it prints. */
  told(program: string, text: string): void {
    this.#sources.set(program, versionIn(program, text));
  }

  /** The same of a tool that has to be asked for its version. */
  async toldBy(program: string, versionOption = "--version"): Promise<void> {
    if (this.#sources.has(program)) return;
    const { stdout, stderr } = await runTool(program, [versionOption]);
    this.told(program, `${stdout}\n${stderr}`);
  }

  /** The path of a file that holds the source and nothing else. */
  async alone(source: Source): Promise<string> {
    return source.isWhole ? source.path : this.assembled([source]);
  }

  /** The path of a file in which the sources follow each other. */
  async assembled(sources: readonly Source[]): Promise<string> {
    const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
    if (bytes > MOST_COPIED_BYTES) {
      const most = `${MOST_COPIED_BYTES / 2 ** 30} GiB`;
      throw new TraceError(
        { file: sources[0]!.path },
        "unsupported",
        `copy of a volume of more than ${most}`,
        "keep what its tools print in files, and use blkreport layout --from",
      );
    }
    const path = this.file(`volume-${this.#copies++}`);
    let to = 0;
    for (const { path: from, fromBytes, bytes } of sources) {
      const [skip, count, seek] = [`skip=${fromBytes}`, `count=${bytes}`, `seek=${to}`];
      const flags = ["iflag=skip_bytes,count_bytes", "oflag=seek_bytes", "conv=sparse,notrunc", "status=none"];
      await outputOf("dd", [`if=${from}`, `of=${path}`, `bs=${COPY_BLOCK}`, skip, count, seek, ...flags]);
      to += bytes;
    }
    await outputOf("truncate", ["-s", String(bytes), path]);
    return path;
  }

  /** Does what may fail for reasons that lie in one volume: the rest is told all the same. */
  async tried<T>(of: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      this.notes.push(`${of} is not read: ${error.message}`);
      return null;
    }
  }
}
