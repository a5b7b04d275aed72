import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../../src/formats/detect.ts";
import { nbdkitLog } from "../../../src/formats/nbdkit/index.ts";
import { qemuTrace } from "../../../src/formats/qemu/index.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";

/*
 * The same counts by another way: regular expressions over the whole text, for each layer by itself.
 * Over every captured log where there are captures, and over the copies in this repository.
 */
const CAPTURES = "../shared/captures/qemu-trace";
const GOLDEN = "test/golden/formats";
const captured = existsSync(CAPTURES) ? filesBelow(CAPTURES) : [];
const golden = filesBelow(GOLDEN).filter((path) => basename(dirname(path)).startsWith("qemu-"));
const logs = [...captured, ...golden].filter((path) => isLog(path));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .sort();
}

function isLog(path: string): boolean {
  return /\.(log|txt)$/.test(path) && /^(\d+@\S+:)?(blk_co|bdrv_co|nbd_send)\w+ (blk|bs|Send)/m.test(readText(path));
}

function readText(path: string): string {
  return readFileSync(path, "latin1");
}

interface Counts {
  readonly read: number;
  readonly write: number;
  readonly writeZeroes: number;
  readonly bytes: number;
}

/** Each layer's requests: what its lines look like, with the op and the bytes. */
function countByText(text: string, name: "blk" | "nbd-client"): Counts {
  const lines =
    name === "blk"
      ? [...text.matchAll(/blk_co_p(read|write)v .* bytes (\d+) flags 0x([0-9a-f]+)$/gm)].map(
          ([, op, bytes, flags]) => ({
            op: op === "write" && (Number.parseInt(flags!, 16) & 2) !== 0 ? "writeZeroes" : op!,
            bytes: Number(bytes),
          }),
        )
      : [...text.matchAll(/nbd_send_request .*\.len = (\d+), .*\((read|write|write zeroes)\) }$/gm)].map(
          ([, bytes, op]) => ({ op: op === "write zeroes" ? "writeZeroes" : op!, bytes: Number(bytes) }),
        );
  const count = (op: string) => lines.filter((line) => line.op === op).length;
  return {
    read: count("read"),
    write: count("write"),
    writeZeroes: count("writeZeroes"),
    bytes: lines.reduce((total, { bytes }) => total + bytes, 0),
  };
}

function countByReader({ requests }: PlainTrace): Counts {
  const count = (op: string) => requests.filter((request) => request.op === op).length;
  const transfers = requests.filter(({ op }) => op === "read" || op === "write" || op === "writeZeroes");
  return {
    read: count("read"),
    write: count("write"),
    writeZeroes: count("writeZeroes"),
    bytes: transfers.reduce((total, { lengthBytes }) => total + lengthBytes, 0),
  };
}

function read(path: string, layer?: string): Promise<PlainTrace> {
  const hints = layer === undefined ? {} : { layer };
  return readAll(qemuTrace, [inputFromBytes("trace", readFileSync(path), 4096)], {}, hints);
}

it("has logs to compare", () => expect(logs.length).toBeGreaterThan(4));

describe.each(logs)("%s", (path) => {
  const text = readText(path);

  it("is a trace of qemu", () => expect(detect(headOf("trace", readFileSync(path))).format).toBe(qemuTrace));

  it.each(["blk", "nbd-client"] as const)("has at layer %s the requests that its lines show", async (layer) => {
    const expected = countByText(text, layer);
    if (expected.read + expected.write + expected.writeZeroes === 0) return;
    expect(countByReader(await read(path, layer))).toEqual(expected);
  });
});

describe.each(logs.filter((path) => readText(path).includes("scsi_disk_dma_command_READ")))("%s", (path) => {
  it("has the transfers of its SCSI disks, and a request for each SYNCHRONIZE CACHE", async () => {
    const text = readText(path);
    const transfers = [...text.matchAll(/scsi_disk_dma_command_(READ|WRITE) \w+ \(sector (\d+), count (\d+)\)/g)];
    const { requests, end } = await read(path, "scsi");
    const made = requests.filter(({ op }) => op === "read" || op === "write");
    expect(made.map(({ op, offsetBytes, lengthBytes }) => [op, offsetBytes / 512, lengthBytes / 512])).toEqual(
      transfers.map(([, op, sector, count]) => [op!.toLowerCase(), Number(sector), Number(count)]),
    );
    const flushes = text.match(/scsi_req_parsed .* command 53 /g)?.length ?? 0;
    expect(requests.filter(({ op }) => op === "flush").length).toBe(flushes);
    expect(end.quality).toMatchObject({ clockSteps: 0, unmatchedCompletions: 0, implausibleLatencies: 0 });
  });

  it("has the zeroes of each WRITE SAME, as the block backend writes them", async () => {
    const text = readText(path);
    const zeroes = [...text.matchAll(/emulate_command_WRITE_SAME .*\n.*blk_co_pwritev .* offset (\d+) bytes (\d+)/g)];
    const { requests } = await read(path, "scsi");
    const made = requests.filter(({ op }) => op === "writeZeroes");
    expect(made.map(({ offsetBytes, lengthBytes }) => [offsetBytes, lengthBytes])).toEqual(
      zeroes.map(([, offset, bytes]) => [Number(offset), Number(bytes)]),
    );
  });
});

/** What two writings of one run have in common: device names apart, and times where only one has them. */
function requestsOf({ requests, end }: PlainTrace, withTimes: boolean): object[] {
  return requests.map(({ op, flags, offsetBytes, lengthBytes, issueNs, device }) => ({
    ...{ op, flags, offsetBytes, lengthBytes, device: basename(end.devices[device]!.name) },
    ...(withTimes ? { issueNs } : {}),
  }));
}

describe.each(captured.filter((path) => path.endsWith(".simple")))("%s", (path) => {
  it.each([undefined, "blk", "bdrv"])("is what simpletrace.py makes of it (layer %s)", async (layer) => {
    const [binary, text] = [await read(path, layer), await read(`${path}.txt`, layer)];
    expect(requestsOf(binary, true)).toEqual(requestsOf(text, true));
    expect(binary.completions).toEqual(text.completions);
    expect(binary.end.quality.records).toBe(readText(`${path}.txt`).trimEnd().split("\n").length);
  });
});

const sameRun = "30-simple-backend/qemu-img-bench";
it.runIf(captured.length > 0).each(["blk", "bdrv"])(
  "the simple and the log backend tell the same of one run (layer %s)",
  async (layer) => {
    const simple = await read(join(CAPTURES, `${sameRun}.simple`), layer);
    const log = await read(join(CAPTURES, `${sameRun}.log-backend-same-run.txt`), layer);
    expect(requestsOf(simple, false)).toEqual(requestsOf(log, false));
    expect([simple.end.recorded.clock, log.end.recorded.clock]).toEqual([true, false]);
  },
);

const served = captured.find((path) => path.endsWith("nbdkit.log"));
it.runIf(served !== undefined)(
  "qemu's NBD client asks what nbdkit's log of the same run says it was asked",
  async () => {
    const client = await read(join(dirname(served!), "qemu-trace.log"), "nbd-client");
    const server = await readAll(nbdkitLog, [inputFromBytes("nbdkit.log", readFileSync(served!))]);
    // nbdkit's threads take requests that are in flight together in any order.
    const asked = ({ requests }: PlainTrace) =>
      requests.map(({ op, flags, offsetBytes, lengthBytes }) => [op, flags, offsetBytes, lengthBytes].join()).sort();
    expect(asked(client)).toEqual(asked(server));
    expect([client, server].map(({ completions }) => completions.length)).toEqual([477, 477]);
    expect(client.end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0 });
  },
);
