import { describe, expect, it } from "vitest";
import { OP_CODE } from "../../src/model/ops.ts";
import { unknownDevice } from "../../src/model/trace.ts";
import { csvText } from "../../src/report/csv.ts";
import { alignmentOf, requestCsvTable, requestTable, rowsOf } from "../../src/report/pages/requestList.ts";
import { HELLO, scopeOf, summaryOf } from "./fixture.ts";

const summary = summaryOf(HELLO);

describe("the requests of a page", () => {
  it("are those of its scope", () => {
    const marked = scopeOf(HELLO, { rows: [[5, 15]] });
    expect(rowsOf(summary, marked).map(({ row }) => row)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(rowsOf(summary, scopeOf(HELLO, { devices: [1] }))).toEqual([]);
  });

  it("have an order where the trace has no clock, and only the columns that it records", () => {
    const { columns, rows } = requestTable(summary, rowsOf(summary, scopeOf(HELLO)).slice(0, 2));
    expect(columns.map(({ title }) => title)).toEqual(["Order", "Operation", "Sector", "Length", "4 KiB"]);
    expect(rows).toEqual([
      [1, "read", 0, 4096, "aligned"],
      [2, "read", 65, 1024, "unaligned"],
    ]);
  });

  it("name the device where there are several", () => {
    const devices = [unknownDevice("8,0", "sda"), unknownDevice("8,16", "sdb")];
    const two = summaryOf(HELLO, { trace: { devices } });
    const { columns, rows } = requestTable(two, rowsOf(two, scopeOf(HELLO)).slice(0, 1));
    expect(columns[2]?.title).toBe("Device");
    expect(rows[0]?.[2]).toBe("sda");
  });

  it("are aligned when both offset and length are, and neither when no data moves", () => {
    expect(alignmentOf("write", 4096, 8192)).toBe("aligned");
    expect(alignmentOf("write", 4096, 512)).toBe("unaligned");
    expect(alignmentOf("write", 512, 4096)).toBe("unaligned");
    expect(alignmentOf("flush", 0, 0)).toBeNull();
  });

  it("are in the CSV as plain numbers, with the place of a flush left empty", () => {
    const rows = rowsOf(summary, scopeOf(HELLO)).slice(0, 1);
    expect(csvText(requestCsvTable(summary, rows))).toBe(
      "row,ordinal,op,device,offsetBytes,lengthBytes,alignment4096,latencyNs,process,flags,target\n0,0,read,disk,0,4096,aligned,,,,\n",
    );
  });
});

describe("CSV", () => {
  const column = { name: "text", title: "", kind: "text" } as const;

  it("quotes commas, quotes and line ends", () => {
    expect(csvText({ columns: [column], rows: [['a,"b"\nc']] })).toBe('text\n"a,""b""\nc"\n');
  });

  it("lets no process name become a formula", () => {
    expect(csvText({ columns: [column], rows: [["=HYPERLINK(1)"], ["-1+2"]] })).toBe("text\n'=HYPERLINK(1)\n'-1+2\n");
  });

  it("leaves what is not known empty, and negative numbers alone", () => {
    expect(csvText({ columns: [column], rows: [[null], [-5]] })).toBe("text\n\n-5\n");
  });
});

it("a sequence row names its flags", () => {
  const flagged = summaryOf(HELLO, {
    summary: {
      sequence: { ...summary.sequence, requests: [[OP_CODE.write, 0, 512, 0, null, 0, 0, 3]], processes: ["fio"] },
    },
  });
  expect(rowsOf(flagged, scopeOf(HELLO))[0]).toMatchObject({ flags: ["fua", "sync"], process: "fio" });
});
