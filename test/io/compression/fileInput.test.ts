import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Compression } from "../../../src/io/compression/compression.ts";
import type { Source } from "../../../src/io/compression/source.ts";
import { unzstd } from "../../../src/io/compression/zstd.ts";
import { FZSTD, NODE_ZSTD, type ZstdEngine } from "../../../src/io/compression/zstdEngines.ts";
import { fileInput, head } from "../../../src/io/fileInput.ts";
import { hashFile } from "../../../src/io/hashes.ts";
import { sha256 } from "../../../src/io/sha256.ts";
import { HEAD_BYTES } from "../../../src/model/format.ts";
import { COMPRESSORS, isInstalled, through } from "../../support/compressed.ts";
import { folder } from "../../support/folders.ts";

const TRACES = "traces";
const trace = readFileSync(
  join(TRACES, readdirSync(TRACES, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith(".log"))!),
);
const ZEROS = Buffer.alloc(4096);

interface Content {
  readonly content: Buffer;
  readonly cut: boolean;
  readonly compression: Compression | null;
}

function fileOf(bytes: Uint8Array): string {
  const path = join(folder(), "trace");
  writeFileSync(path, bytes);
  return path;
}

/** Bytes in pieces of a size, all of them in one array. */
function pieces(bytes: Buffer, size: number): Source {
  const array = Buffer.alloc(size);
  let at = 0;
  return {
    name: "trace",
    next: async () => {
      const length = bytes.copy(array, 0, at, at + size);
      at += length;
      return length === 0 ? null : array.subarray(0, length);
    },
  };
}

async function contentOf(bytes: Uint8Array): Promise<Content> {
  const input = fileInput(fileOf(bytes), "trace");
  const parts: Buffer[] = [];
  try {
    for (let part = await input.next(); part !== null; part = await input.next()) parts.push(Buffer.from(part));
    return { content: Buffer.concat(parts), cut: input.cut, compression: input.compression };
  } finally {
    await input.close();
  }
}

it("gives a file that is not compressed as it lies", async () => {
  expect(await contentOf(trace)).toEqual({ content: trace, cut: false, compression: null });
  expect(await contentOf(Buffer.alloc(0))).toEqual({ content: Buffer.alloc(0), cut: false, compression: null });
});

it("gives what node:zlib compressed", async () => {
  expect(await contentOf(gzipSync(trace))).toEqual({ content: trace, cut: false, compression: "gzip" });
});

describe.each(COMPRESSORS)("$compression", ({ compression, program, args }) => {
  const installed = isInstalled(program);
  const compress = (bytes: Uint8Array, ...more: string[]) => through(bytes, program, ...args, ...more);
  const compressed = installed ? compress(trace) : Buffer.alloc(0);
  const whole = { content: trace, cut: false, compression };
  const twice = { ...whole, content: Buffer.concat([trace, trace]) };

  it.runIf(installed).each(["-1", "-6", "-9"])("gives what level %s compressed", async (level) => {
    expect(await contentOf(compress(trace, level))).toEqual(whole);
  });

  it.runIf(installed)("gives an empty content", async () => {
    expect(await contentOf(compress(Buffer.alloc(0)))).toEqual({ ...whole, content: Buffer.alloc(0) });
  });

  it.runIf(installed)("gives everything of data that was put together", async () => {
    expect(await contentOf(Buffer.concat([compressed, compressed]))).toEqual(twice);
  });

  it.runIf(installed)("gives a file that is larger than any of its buffers", async () => {
    const large = Buffer.concat(Array.from({ length: Math.ceil(2 ** 23 / trace.length) }, () => trace));
    const noise = Buffer.from(
      Uint32Array.from({ length: 2 ** 19 }, (_, i) => Math.imul(i, 0x9e3779b1) ^ (i >> 3)).buffer,
    );
    const content = Buffer.concat([large, noise, large]);
    expect((await contentOf(compress(content))).content.equals(content)).toBe(true);
  });

  it.runIf(installed)("hashes the file as it lies", async () => {
    expect((await hashFile(fileOf(compressed))).sha256).toBe(sha256(compressed));
  });

  it.runIf(installed)("shows detection the start of the content, and says what it is compressed with", async () => {
    const many = Buffer.concat(Array.from({ length: 200 }, () => trace));
    const start = await head(fileOf(compress(many)), "trace");
    expect(start).toMatchObject({ complete: false, compression });
    expect(Buffer.from(start.bytes).equals(many.subarray(0, HEAD_BYTES))).toBe(true);
    expect((await head(fileOf(compressed), "trace")).complete).toBe(trace.length <= HEAD_BYTES);
  });

  it.runIf(installed)("does not take the beginning of a cut file for the whole", async () => {
    const cut = compress(trace.subarray(0, 9000)).subarray(0, -20);
    expect(await head(fileOf(cut), "trace")).toMatchObject({ complete: false, compression });
  });

  it.runIf(installed)("gives what is there of a file that was cut anywhere, and says so", async () => {
    const smaller = compress(trace.subarray(0, 20000));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: smaller.length - 1 }), async (length) => {
        const { content, cut } = await contentOf(smaller.subarray(0, length));
        expect(cut).toBe(true);
        expect(content.equals(trace.subarray(0, content.length))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.runIf(installed)("never gives anything else where a byte was changed", async () => {
    const smaller = compress(trace.subarray(0, 20000));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 6, max: smaller.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const changed = Buffer.from(smaller);
          changed[at]! ^= change;
          const outcome = await contentOf(changed).catch((error: Error) => error.message);
          if (typeof outcome === "string")
            expect(outcome).toMatch(new RegExp(`^trace, byte \\d+: (invalid|unsupported) ${compression} .+; .+$`));
          else if (!outcome.cut) expect(outcome.content.equals(trace.subarray(0, 20000))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.runIf(installed)("says where something follows that does not belong to it", async () => {
    const message = (await contentOf(Buffer.concat([compressed, Buffer.alloc(64, "x")])).catch(String)) as string;
    expect(message).toMatch(new RegExp(`trace, byte \\d+: invalid ${compression} data: .*; `));
  });

  it.runIf(installed)("closes the file where reading stops early", async () => {
    const input = fileInput(fileOf(compress(Buffer.concat(Array.from({ length: 50 }, () => trace)))), "trace");
    await input.next();
    await input.close();
    expect(await input.next()).toBeNull();
  });

  it.runIf(installed)("reads many files at once, as the CPUs of a set", async () => {
    const path = fileOf(compressed);
    const inputs = Array.from({ length: 8 }, (_, i) => fileInput(path, `${i}`));
    const lengths = inputs.map(() => 0);
    for (let open = inputs.length; open > 0; ) {
      for (const [i, input] of inputs.entries()) {
        const part = await input.next();
        lengths[i]! += part?.length ?? 0;
        if (part === null) open--;
      }
    }
    expect(new Set(lengths)).toEqual(new Set([trace.length]));
  });

  it.runIf(installed)("stops where it expands more than any trace does", async () => {
    const zeros = compress(Buffer.alloc(2 ** 27));
    const many = Buffer.concat([zeros, zeros, zeros]);
    const message = (await contentOf(many).catch(String)) as string;
    expect(message).toContain(`unsupported ${compression} data: it expands more than 1000 times, as no trace does; `);
    expect(message).toContain(`decompress it (${compression} -d) and give what comes out`);
  });
});

describe("what gzip alone has", () => {
  it("zeros behind the data are padding, and anything else behind them is an error", async () => {
    const compressed = gzipSync(trace);
    const whole = { content: trace, cut: false, compression: "gzip" };
    expect(await contentOf(Buffer.concat([compressed, ZEROS]))).toEqual(whole);
    const message = (await contentOf(Buffer.concat([compressed, ZEROS, trace])).catch(String)) as string;
    expect(message).toContain(`byte ${compressed.length}: invalid gzip data: something follows its end; `);
  });

  it("finds the padding wherever a piece of the file ends", async () => {
    const noise = Buffer.from(Uint32Array.from({ length: 2 ** 18 }, (_, i) => Math.imul(i, 0x9e3779b1)).buffer);
    for (const more of [-1, 0, 1]) {
      const content = noise.subarray(
        0,
        2 ** 20 - gzipSync(noise.subarray(0, 2 ** 20), { level: 0 }).length + 2 ** 20 + more,
      );
      const bytes = Buffer.concat([gzipSync(content, { level: 0 }), ZEROS]);
      expect((await contentOf(bytes)).content.equals(content)).toBe(true);
    }
  });
});

describe("what zstd alone has", () => {
  const installed = isInstalled("zstd");
  const zstd = (...args: string[]) => through(trace, "zstd", "-qc", ...args);
  const whole = { content: trace, cut: false, compression: "zstd" };

  it.runIf(installed)("passes over skippable frames, also at the beginning", async () => {
    const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    expect(await contentOf(Buffer.concat([skippable, zstd(), skippable]))).toEqual(whole);
    expect((await contentOf(Buffer.concat([zstd(), skippable.subarray(0, 9)]))).cut).toBe(true);
  });

  const thrice = Buffer.concat([trace, trace, trace]);
  const contentBy = async (engine: ZstdEngine, bytes: Buffer, size: number) => {
    const parts: Buffer[] = [];
    for await (const part of unzstd(pieces(bytes, size), engine)) parts.push(Buffer.from(part));
    return Buffer.concat(parts);
  };

  it.runIf(installed)("reads data without a checksum, and of the highest level", async () => {
    expect(await contentOf(zstd("--no-check"))).toEqual(whole);
    expect(await contentOf(zstd("-19"))).toEqual(whole);
  });

  it.runIf(installed && NODE_ZSTD === null)("is read in JavaScript with windows of 32 MiB at most", async () => {
    const message = (await contentOf(zstd("--ultra", "-22")).catch(String)) as string;
    expect(message).toContain("unsupported zstd window of 128 MiB: at most 32 MiB can be kept here; ");
  });

  it.runIf(installed && NODE_ZSTD !== null)("gives the same by Node's decoder and by fzstd", async () => {
    const bytes = Buffer.concat([zstd(), zstd("-19"), zstd("--fast")]);
    for (const engine of [NODE_ZSTD!, FZSTD]) expect((await contentBy(engine, bytes, 1000)).equals(thrice)).toBe(true);
  });

  it("is not decoded where a few bytes stand for more than memory should hold", async () => {
    const block = Buffer.from([(1 << 1) | ((131072 << 3) & 0xff), (131072 >> 5) & 0xff, 131072 >> 13, 0]);
    const start = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]);
    const bytes = Buffer.concat([start, ...Array.from({ length: 4096 }, () => block)]);
    await expect(contentBy(FZSTD, bytes, 65536)).rejects.toThrow("expand to more than 256 MiB; ");
  });

  it.runIf(installed)("gives the same whatever the pieces of the file", async () => {
    const bytes = Buffer.concat([zstd(), zstd("-1"), zstd("--no-check")]);
    for (const size of [1, 7, 4095, 65536]) expect((await contentBy(FZSTD, bytes, size)).equals(thrice)).toBe(true);
  });

  it.runIf(installed)("refuses a window that would not fit", async () => {
    const message = (await contentOf(zstd("--long=30")).catch(String)) as string;
    expect(message).toMatch(/byte 0: unsupported zstd window of 1024 MiB: .*; compress it again without --long/);
  });
});

describe("what xz alone has", () => {
  const installed = isInstalled("xz");
  const xz = (...args: string[]) => through(trace, "xz", "-c", ...args);
  const whole = { content: trace, cut: false, compression: "xz" };

  it.runIf(installed)("takes the padding between streams and behind them", async () => {
    const twice = { ...whole, content: Buffer.concat([trace, trace]) };
    expect(await contentOf(Buffer.concat([xz(), ZEROS, xz(), ZEROS]))).toEqual(twice);
  });

  it.runIf(installed)("checks CRC32 and CRC64, and reads data without a check", async () => {
    for (const check of ["none", "crc32", "crc64"]) expect(await contentOf(xz("-C", check))).toEqual(whole);
  });

  it.runIf(installed).each([
    [["-C", "sha256"], "filter or check that is not LZMA2, CRC32 or CRC64"],
    [["--x86", "--lzma2"], "filter or check that is not LZMA2, CRC32 or CRC64"],
    [["--lzma2=dict=256MiB"], "dictionary of more than 64 MiB"],
  ])("%j is not supported, and it says so", async (args, what) => {
    const message = (await contentOf(xz(...args)).catch(String)) as string;
    expect(message).toMatch(new RegExp(`byte \\d+: unsupported xz ${what}; compress it again with xz -6`));
  });
});

describe("bytes in any order", () => {
  it("are there for a file as it lies, and not for a compressed one", async () => {
    const input = fileInput(fileOf(trace), "trace");
    const access = await input.random();
    expect(access?.bytes).toBe(trace.length);
    expect(Buffer.from(await access!.read(10, 20))).toEqual(trace.subarray(10, 20));
    expect(await access!.read(trace.length - 1, trace.length + 9)).toHaveLength(1);
    expect(Buffer.from((await input.next())!.subarray(0, 9))).toEqual(trace.subarray(0, 9));
    await input.close();
    const compressed = fileInput(fileOf(gzipSync(trace)), "trace");
    expect(await compressed.random()).toBeNull();
    await compressed.close();
  });
});
