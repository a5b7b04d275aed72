import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import { scopeMembers } from "../../src/analysis/scopes/scopeMembers.ts";
import { surveyTrace } from "../../src/convert/extents.ts";
import { TARGETS } from "../../src/convert/index.ts";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { FLAG_WORD, OPS } from "../../src/model/ops.ts";
import { headOf } from "../support/inputs.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { type SlowTrace, slowReader } from "../support/slowTrace.ts";
import { converted, convertedBy, goldenTraces, readerOf, readPlain, type TargetId, type TraceFile } from "./kit.ts";

const MIB = 1 << 20;
const SECRETS = ["secret-volume", "/var/lib/secret", "secretd", "begin-secret", "hush"];

/** A trace whose every name is a secret, far from the disk's start and long after its first request. */
const SECRET_TRACE: SlowTrace = {
  devices: [
    { name: SECRETS[0]!, stacked: false },
    { name: SECRETS[1]!, stacked: false },
  ],
  processes: ["not recorded", SECRETS[2]!, `${SECRETS[2]}-2`],
  recorded: {
    clock: true,
    completion: true,
    queue: true,
    process: true,
    cgroup: false,
    merges: false,
    bios: false,
    plug: false,
    flags: true,
    error: true,
  },
  history: [
    { what: "begin", span: SECRETS[3]!, timeNs: 900 },
    ...[0, 1, 0].map((device, i) => ({
      what: "issue" as const,
      issue: {
        op: "write" as const,
        flags: 2,
        device,
        offsetBytes: (700 + device) * MIB + 512 * (i + 1),
        lengthBytes: 4096,
        issueNs: 1000 + i * 5000,
        queueNs: 900 + i * 5000,
        process: 1 + device,
        mergedBios: i,
      },
    })),
    { what: "end", span: SECRETS[3]!, timeNs: 20_000 },
  ],
};

const secretReader: typeof slowReader = (trace) => {
  const read = slowReader(trace);
  return async (consume) => {
    const end = await read(consume);
    const messages = [{ timeNs: 5, row: 1, text: SECRETS[4]! }];
    return { ...end, messages, startUnixNs: "1767225600123456789" };
  };
};

describe.each(TARGETS.map(({ id, oneDevice }) => [id, oneDevice] as const))("an anonymous %s", (id, oneDevice) => {
  it("has none of the names, texts, places and times of the trace", async () => {
    const scope = oneDevice ? "device-secret-volume" : "whole";
    const { text } = await convertedBy(secretReader(SECRET_TRACE), id, { anonymize: true, scope });
    for (const secret of [...SECRETS, "secret", "17672256", "2026", String(700 * MIB)])
      expect(text).not.toContain(secret);
    const plain = await convertedBy(secretReader(SECRET_TRACE), id, { scope });
    if (id !== "qtr") expect(plain.text).toContain("secret");
  });

  it("has as many requests, and what it says of them in notes is the same", async () => {
    const scope = oneDevice ? "device-secret-volume" : "whole";
    const [plain, anonymous] = await Promise.all(
      [false, true].map((anonymize) => convertedBy(secretReader(SECRET_TRACE), id, { anonymize, scope })),
    );
    expect({ ...anonymous, file: null, text: null }).toEqual({ ...plain, file: null, text: null });
  });
});

/** Two spans of one name begin together: the first ends at once, the second never. */
const EMPTY_BEFORE_OPEN: SlowTrace = {
  devices: [{ name: "sda", stacked: false }],
  processes: ["not recorded"],
  recorded: {
    clock: true,
    completion: true,
    queue: false,
    process: false,
    cgroup: false,
    plug: false,
    merges: false,
    bios: false,
    flags: false,
    error: false,
  },
  history: [
    { what: "begin", span: "mount", timeNs: 0 },
    { what: "end", span: "mount", timeNs: 0 },
    { what: "begin", span: "mount", timeNs: 0 },
    {
      what: "issue",
      issue: {
        op: "read",
        flags: 0,
        device: 0,
        offsetBytes: 65536,
        lengthBytes: 4096,
        issueNs: 0,
        queueNs: null,
        process: 0,
        mergedBios: 0,
      },
    },
    { what: "begin", span: "mkfs", timeNs: 0 },
  ],
};

describe("an anonymous trace", () => {
  it("begins at time 0 and below the first mebibyte of each device", async () => {
    const { file } = await convertedBy(secretReader(SECRET_TRACE), "parquet", { anonymize: true });
    const { requests, end } = await readPlain(file);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 5000, 10_000]);
    expect(requests.map(({ queueNs }) => queueNs)).toEqual([-100, 4900, 9900]);
    expect(requests.map(({ offsetBytes }) => offsetBytes)).toEqual([512, 1024, 1536]);
    expect(end.devices.map(({ id, name, bytes }) => [id, name, bytes])).toEqual([
      ["device-1", "device-1", null],
      ["device-2", "device-2", null],
    ]);
    expect(requests.map(({ process }) => end.processes[process])).toEqual(
      [1, 2, 1].map((n) => ({ pid: null, name: `process-${n}` })),
    );
    expect(end.spans.map(({ name }) => name)).toEqual(["span-1"]);
    expect([end.messages, end.startUnixNs]).toEqual([[], null]);
  });

  it("counts addresses of a part from that part", async () => {
    const { text } = await convertedBy(secretReader(SECRET_TRACE), "csv", { anonymize: true, fromNs: 5000 });
    const cells = text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    expect(cells.map(([, offset, , issue, , , device]) => [offset, issue, device])).toEqual([
      ["1024", "0", "device-2"],
      ["1536", "5000", "device-1"],
    ]);
  });

  it("keeps every count, size, alignment, latency and order of any trace", async () => {
    const property = fc.asyncProperty(randomTrace, async (trace) => {
      const { file } = await convertedBy(slowReader(trace), "parquet", { anonymize: true });
      const { file: named } = await convertedBy(slowReader(trace), "parquet");
      expect(await kept(file)).toEqual(await kept(named));
    });
    await fc.assert(property, { numRuns: 40, examples: [[EMPTY_BEFORE_OPEN]] });
  });

  it("keeps its figures", async () => {
    const file = goldenTraces().find(({ name }) => name.startsWith("nbdkit-mkfs-marked"))!;
    const { file: anonymous } = await converted(file, "parquet", { anonymize: true });
    expect(await figures(anonymous)).toEqual(await figures(file));
  });
});

/** All that a line of an anonymous output may say; Parquet is looked into with another reader. */
const FLAG = `(?:${Object.keys(FLAG_WORD).join("|")})`;
const LINE_OF: Readonly<Record<Exclude<TargetId, "parquet">, RegExp>> = {
  qtr: /^(?:S \d+|[RW] \d+ \d+)$/,
  "fio-iolog": /^(?:fio version 3 iolog|\d+ device-\d+ (?:add|open|close|(?:read|write|trim|sync) \d+ \d+))$/,
  csv: new RegExp(
    `^(?:${OPS.join("|")}),\\d+,\\d+,(?:-?\\d*,){3}device-\\d+,(?:process-\\d+)?,\\d*,(?:${FLAG}(?:\\|${FLAG})*)?,\\d*$`,
  ),
};

/** One trace of each format at least, and of blktrace what one CPU saw. */
const TRACES = [...goldenTraces(), traceAt("traces/databases/sqlite-wal.blktrace.1")];

it("a trace without its names is looked at in each format", () => {
  const seen = TRACES.map(({ name, bytes, hints }) => detect(headOf(name, bytes), hints).format?.id);
  expect([...new Set(seen)].sort()).toEqual(FORMATS.map(({ id }) => id).sort());
});

describe.each(TRACES.map((file) => [file.name, file] as const))("%s without its names", (_, file) => {
  it("keeps its requests, and nothing that the trace was called by", async () => {
    const { end } = await readPlain(file);
    const { file: anonymous } = await converted(file, "parquet", { anonymize: true });
    const { file: named } = await converted(file, "parquet");
    expect(await kept(anonymous)).toEqual(await kept(named));
    const text = Buffer.from(anonymous.bytes).toString("latin1");
    const names = [...end.devices.flatMap(({ id, name }) => [id, name]), ...end.processes.map(({ name }) => name)];
    const telling = names.filter((name) => name.length > 4 && name !== "not recorded");
    for (const name of [...telling, end.startUnixNs ?? "1970"]) expect(text).not.toContain(name);
  });

  it("says in lines of text nothing but operations, numbers from new zeros, and device-1, process-1 …", async () => {
    for (const id of ["qtr", "fio-iolog", "csv"] as const) {
      const scope = id === "qtr" ? await oneDevice(file) : "whole";
      const { text } = await converted(file, id, { anonymize: true, scope });
      const lines = text.split("\n").slice(id === "csv" ? 1 : 0, -1);
      expect(lines.filter((line) => !LINE_OF[id].test(line))).toEqual([]);
    }
  });

  it("says in Parquet no name, no pid, no text, no time of day, and counts from new zeros", async () => {
    const { file: anonymous } = await converted(file, "parquet", { anonymize: true });
    const bytes = anonymous.bytes.buffer as ArrayBuffer;
    const metadata = parquetMetadata(bytes);
    expect([metadata.created_by, metadata.key_value_metadata?.map(({ key }) => key)]).toEqual([
      "blkreport",
      ["blkreport"],
    ]);
    const facts = JSON.parse(metadata.key_value_metadata![0]!.value!);
    expect(Object.keys(facts).sort()).toEqual(["devices", "messages", "recorded", "schema", "spans", "startUnixNs"]);
    expect([facts.messages, facts.startUnixNs]).toEqual([[], null]);
    for (const { label, id, name, bytes: size, model, scheduler, queueDepth } of facts.devices)
      expect([label, id, name, size, model ?? null, scheduler, queueDepth]).toEqual([
        expect.stringMatching(/^device-\d+$/),
        label,
        label,
        null,
        null,
        null,
        null,
      ]);
    for (const { name } of facts.spans) expect(name).toMatch(/^span-\d+$/);
    const rows = await parquetReadObjects({ file: bytes });
    const said = (column: string) => [...new Set(rows.map((row) => row[column]))];
    expect(said("pid").filter((pid) => pid !== null)).toEqual([]);
    expect(said("device").filter((name) => !/^device-\d+$/.test(String(name)))).toEqual([]);
    expect(said("process").filter((name) => name !== null && !/^process-\d+$/.test(String(name)))).toEqual([]);
    for (const device of said("device")) {
      const own = rows.filter((row) => row["device"] === device && row["length_bytes"] !== 0n);
      const lowest = Math.min(...own.map((row) => Number(row["offset_bytes"])));
      if (own.length > 0) expect(lowest).toBeLessThan(MIB);
    }
    if (facts.recorded.clock && rows.length > 0) expect(rows[0]!["issue_ns"]).toBe(0n);
  });
});

function traceAt(path: string): TraceFile {
  return { name: path, bytes: new Uint8Array(readFileSync(path)), hints: {} };
}

/** The scope of the trace's first disk that has requests. */
async function oneDevice(file: TraceFile): Promise<string> {
  const { end, extents } = await surveyTrace(readerOf(file));
  if (extents.size < 2) return "whole";
  const scopes = scopeMembers(end, extents);
  return scopes.find(({ id, devices }) => id.startsWith("device-") && devices.size === 1)!.id;
}

/** What of requests and completions does not depend on where on the disk, and on which disk, they happened. */
async function kept(file: TraceFile) {
  const { requests, completions, end } = await readPlain(file);
  return {
    requests: requests.map(({ op, flags, lengthBytes, offsetBytes, issueNs, queueNs, mergedBios, cpu, spans }) => {
      const within = lengthBytes === 0 ? 0 : offsetBytes % MIB;
      return { op, flags, lengthBytes, within, issueNs, queueNs, mergedBios, cpu, spans };
    }),
    completions: completions.map(({ row, completeNs, error }) => ({ row, completeNs, error })),
    devices: end.devices.length,
    processes: end.processes.length,
  };
}

/** What the whole trace says that does not depend on where on the disk it happened. */
async function figures(file: TraceFile) {
  const { scopes } = await analyse(readerOf(file));
  const { requests, alignment, requestSizes, latency, queueDepth, seekDistances, footprint } = scopes["whole"]!;
  return { requests, alignment, requestSizes, latency, queueDepth, seekDistances, footprint };
}
