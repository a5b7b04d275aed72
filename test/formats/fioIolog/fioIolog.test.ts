import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../src/formats/detect.ts";
import { fioIolog } from "../../../src/formats/fioIolog/index.ts";
import { headOf, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

const CAPTURES = "../shared/captures";
/** Logs with what fio itself counted of the same run, where the captures are. */
const RUNS = [
  "fio-iolog/v2-fsync",
  "fio-iolog/v2-randrw-libaio",
  "fio-iolog/v3-4files",
  "fio-iolog/v3-fsync",
  "fio-iolog/v3-randrw-libaio",
  "vm/boot-A/09-fio-fsync/fio",
].map((path) => `${CAPTURES}/${path}`);
const GOLDEN = [
  "fio-iolog-v2-fsync/fsync",
  "fio-iolog-v3-fsync/fsync",
  "fio-iolog-v3-four-files/files",
  "fio-iolog-blank-in-name/blank",
].map((path) => `test/golden/formats/${path}.iolog`);

function read(text: string): Promise<PlainTrace> {
  return readAll(fioIolog, [inputFromText("job.iolog", text)]);
}

function totals({ requests }: PlainTrace, op: string): { count: number; bytes: number } {
  const rows = requests.filter((request) => request.op === op);
  return { count: rows.length, bytes: rows.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0) };
}

function countByText(text: string, action: string): { count: number; bytes: number } {
  const lengths = [...text.matchAll(new RegExp(` (?:${action}) \\d+ (\\d+)$`, "gm"))].map(([, length]) =>
    Number(length),
  );
  return { count: lengths.length, bytes: lengths.reduce((a, b) => a + b, 0) };
}

describe.skipIf(!existsSync(CAPTURES)).each(RUNS)("%s", (path) => {
  it("holds what fio's own results say", async () => {
    const text = readFileSync(`${path}.iolog`, "utf8");
    const trace = await read(text);
    const [job] = JSON.parse(readFileSync(`${path}.json`, "utf8")).jobs;
    for (const op of ["read", "write"] as const)
      expect(totals(trace, op), op).toEqual({ count: job[op].total_ios, bytes: job[op].io_bytes });
    // fio counts fsync there, and fdatasync nowhere.
    const dataSyncs = countByText(text, "datasync").count;
    expect(totals(trace, "flush").count - dataSyncs).toBe(job.sync.total_ios);
  });
});

describe.each(GOLDEN)("%s", (path) => {
  const text = readFileSync(path, "utf8");

  it("holds what its text holds", async () => {
    const trace = await read(text);
    for (const [op, action] of Object.entries({
      read: "read",
      write: "write",
      flush: "sync|datasync",
      discard: "trim",
    }))
      expect(totals(trace, op), op).toEqual(countByText(text, action));
  });

  it("keeps the order and the times of its lines", async () => {
    const { requests } = await read(text);
    const times = [...text.matchAll(/^(\d+) .* \d+ \d+$/gm)].map(([, time]) => Number(time) * 1000);
    const expected = times.length > 0 ? times.map((time) => time - times[0]!) : requests.map(({ row }) => row);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual(expected);
  });
});

describe("an iolog", () => {
  it("has no clock in version 2, and says what it makes of waits", async () => {
    const { requests, end } = await read(
      "fio version 2 iolog\na add\na open\na read 0 512\na wait 1000000 0\na read 512 512\n",
    );
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 1]);
    expect(end.recorded.clock).toBe(false);
    expect(end.quality.notes).toEqual([
      { code: "waits", text: "1 wait between requests: version 2 has no times, and a wait is none" },
    ]);
  });

  it("takes each file for a device, blanks and actions in its name included", async () => {
    const { requests, end } = await read(
      "fio version 3 iolog\n1 a b add\n2 a b read 0 512\n3 a read write 4096 512\n4 a read 0 512\n",
    );
    expect(end.devices.map(({ name }) => name)).toEqual(["a b", "a read", "a"]);
    expect(requests.map(({ op, device }) => [op, device])).toEqual([
      ["read", 0],
      ["write", 1],
      ["read", 2],
    ]);
  });

  it("gives a flush neither place nor length", async () => {
    const { requests } = await read("fio version 3 iolog\n1 a write 8192 4096\n2 a sync 8192 0\n3 a datasync 8192 0\n");
    expect(requests.map(({ op, offsetBytes, lengthBytes }) => [op, offsetBytes, lengthBytes])).toEqual([
      ["write", 8192, 4096],
      ["flush", 0, 0],
      ["flush", 0, 0],
    ]);
  });

  it("goes on where another run was appended", async () => {
    const run = "fio version 3 iolog\n10 a open\n20 a read 0 512\n90 a read 512 512\n";
    const { requests, end } = await read(run + run);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 70_000, 90_000, 160_000]);
    expect(end.quality).toMatchObject({ clockSteps: 0, notes: [{ code: "appended" }] });
  });

  it("is refused where versions are mixed", async () => {
    await expect(read("fio version 3 iolog\n1 a read 0 512\nfio version 2 iolog\n")).rejects.toThrow(
      "job.iolog:3: unsupported version 2 after 3; split the file here",
    );
  });

  it("reads the same with a byte-order mark and Windows line ends", async () => {
    const lines = ["fio version 3 iolog", "1 a read 0 512", "2 a trim 512 4096"];
    const windows = `\ufeff${lines.join("\r\n")}\r\n`;
    expect(detect(headOf("x", new TextEncoder().encode(windows))).format).toBe(fioIolog);
    expect((await read(windows)).requests).toEqual((await read(`${lines.join("\n")}\n`)).requests);
  });
});

const request = fc.record({
  gap: fc.integer({ min: 0, max: 1e6 }),
  file: fc.constantFrom("/dev/vdb", "/srv/a b", "7", "add"),
  action: fc.constantFrom("read", "write", "trim"),
  offset: fc.integer({ min: 0, max: 2 ** 50 }),
  length: fc.integer({ min: 1, max: 2 ** 31 }),
});

it("gives back the requests of a generated log", async () => {
  const OP = { read: "read", write: "write", trim: "discard" } as const;
  await fc.assert(
    fc.asyncProperty(fc.array(request), async (made) => {
      let time = 0;
      const lines = made.map(({ gap, file, action, offset, length }) => {
        time += gap;
        return `${time} ${file} ${action} ${offset} ${length}\n`;
      });
      const { requests, end } = await read(`fio version 3 iolog\n${lines.join("")}`);
      expect(
        requests.map(({ op, device, offsetBytes, lengthBytes }) => [
          op,
          end.devices[device]!.name,
          offsetBytes,
          lengthBytes,
        ]),
      ).toEqual(made.map(({ file, action, offset, length }) => [OP[action], file, offset, length]));
    }),
  );
});
