import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blkparse } from "../../../src/formats/blkparse/index.ts";
import { detect } from "../../../src/formats/detect.ts";
import { headOf } from "../../support/inputs.ts";

const text = readFileSync("test/golden/formats/blkparse-summary/full.txt", "latin1");
const csv = readFileSync("test/golden/formats/blkparse-format-csv/full.csv", "latin1");
const CSV = "%M,%m,%c,%s,%T.%t,%p,%a,%d,%S,%n,%N,%e,%C\n";

function head(content: string) {
  return headOf("trace.txt", new TextEncoder().encode(content));
}

function formatOf(content: string, hints = {}): string | undefined {
  return detect(head(content), hints).format?.id;
}

describe("blkparse's text is recognised", () => {
  it("from any line on, and in the middle of one", () => {
    for (const from of [0, 30, 100, 5000]) expect(formatOf(text.slice(from)), `from ${from}`).toBe("blkparse");
  });

  it("with a byte-order mark, and with the line ends of Windows", () => {
    expect(formatOf(`\uFEFF${text}`)).toBe("blkparse");
    expect(formatOf(text.replaceAll("\n", "\r\n"))).toBe("blkparse");
  });

  it("after the list of more input files than detection looks at lines", () => {
    const files = Array.from({ length: 64 }, (_, cpu) => `Input file sda.blktrace.${cpu} added\n`).join("");
    expect(formatOf(files + text)).toBe("blkparse");
  });

  it("with a message first, and with the cgroup of one", () => {
    expect(formatOf("  8,0    0        0     0.000000112     0  m   N begin\n")).toBe("blkparse");
    expect(formatOf("  8,0    0        0     0.000000112     0 2b,0  m   N begin\n")).toBe("blkparse");
  });
});

describe("blkparse's text is not seen", () => {
  it("in its summary alone", () => {
    expect(formatOf(text.slice(text.indexOf("CPU0 (")))).toBeUndefined();
  });

  it("in the lines of the kernel's tracer, nor of its option blk_classic", () => {
    const trace = readFileSync("test/golden/formats/blkTracer-ext4/trace.txt", "latin1");
    expect(blkparse.detect(head(trace), {}).match).toBe(false);
    expect(
      blkparse.detect(head("254,0    1     0.000000000   499  A  WS 55298 + 8 <- (254,1) 53250\n"), {}).match,
    ).toBe(false);
  });

  it("in prose that quotes a line of it", () => {
    const [line] = text.split("\n");
    expect(formatOf(`Look at this:\n\n    ${line}\n\nIt is a remap.\nThat is all.\n`)).toBeUndefined();
  });
});

describe("lines of another format string", () => {
  it("are recognised by the format string of the side file, and by nothing else", () => {
    expect(formatOf(csv)).toBeUndefined();
    expect(formatOf(csv, { blkparseFormat: CSV })).toBe("blkparse");
  });

  it("are not recognised by another format string; naming the format gives the reader's own message", () => {
    const detection = blkparse.detect(head(csv), { blkparseFormat: "%D %a %d %S %n\n" });
    expect(detection).toEqual({
      match: false,
      possible: true,
      reason: "its lines do not fit the side file's format string",
      advice: "its lines do not fit the side file's format string; say there what blkparse was given",
    });
    expect(formatOf(csv, { blkparseFormat: "%D %a %d %S %n\n", format: "blkparse" })).toBe("blkparse");
  });

  it("are not recognised by a format string that is wrong", () => {
    const detection = blkparse.detect(head(csv), { blkparseFormat: "%a" });
    expect(detection).toMatchObject({ match: false, possible: true, reason: 'missing %d in the format string "%a"' });
  });
});
