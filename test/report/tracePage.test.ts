import { describe, expect, it } from "vitest";
import type { FindingResult } from "../../src/analysis/summary.ts";
import { unknownDevice } from "../../src/model/trace.ts";
import { metricOf } from "../../src/report/metricOf.ts";
import { tracePage } from "../../src/report/pages/tracePage.ts";
import type { DrawnFigure } from "../../src/report/siteModel.ts";
import { figureOf, HELLO, metricsOf, ok, scopeOf, summaryOf, traceOf } from "./fixture.ts";

const SITE = { title: "Block traces", url: null, date: null };
const AROUND = { site: SITE, comparisons: [] };
const MARKED = scopeOf(HELLO.slice(5), { id: "marked", kind: "marked", title: "marked span", rows: [[5, 15]] });
const TWO_SCOPES = {
  defaultScope: "marked",
  scopeList: [MARKED, scopeOf(HELLO)],
  scopes: { marked: metricsOf(HELLO.slice(5)), whole: metricsOf(HELLO) },
};

function finding(severity: FindingResult["severity"], id: string = severity): FindingResult {
  return { id, severity, title: `${id} stands out`, evidence: "1 of 2.", advice: "Look.", chart: "alignment" };
}

function pageOf(figures?: readonly DrawnFigure[], summary = summaryOf(HELLO)) {
  return tracePage(traceOf(summary, figures), summary.defaultScope, AROUND);
}

describe("the page of a trace", () => {
  it("stands at the trace's address for the default scope, below it for the others", () => {
    const trace = traceOf(summaryOf(HELLO, { summary: TWO_SCOPES }));
    expect(tracePage(trace, "marked", AROUND).frame.path).toBe("traces/write-hello/");
    expect(tracePage(trace, "whole", AROUND).frame.path).toBe("traces/write-hello/whole/");
  });

  it("offers every scope, and links from each to the others", () => {
    const trace = traceOf(summaryOf(HELLO, { summary: TWO_SCOPES }));
    expect(tracePage(trace, "marked", AROUND).scopes).toEqual([
      { title: "marked span", requests: "10 requests", href: null },
      { title: "whole trace", requests: "15 requests", href: "whole/index.html" },
    ]);
    expect(tracePage(trace, "whole", AROUND).scopes[0]?.href).toBe("../index.html");
    expect(pageOf().scopes).toEqual([]);
  });

  it("finds its charts in the folder of its scope", () => {
    const trace = traceOf(summaryOf(HELLO, { summary: TWO_SCOPES }));
    expect(tracePage(trace, "marked", AROUND).map?.wide.href).toBe("charts/marked/sector-map.svg#plot");
    expect(tracePage(trace, "whole", AROUND).map?.narrow.href).toBe("../charts/whole/sector-map.narrow.svg#plot");
  });

  it("puts the sector map apart, and loads only the first figure at once", () => {
    const page = pageOf([figureOf("sector-map"), figureOf("alignment"), figureOf("sizes")]);
    expect(page.map?.id).toBe("sector-map");
    expect(page.figures.map(({ id, first }) => [id, first])).toEqual([
      ["alignment", false],
      ["sizes", false],
    ]);
    expect(page.map?.first).toBe(true);
  });

  it("gathers the questions that one reason leaves open", () => {
    const absent = "This format has no times.";
    const page = pageOf([figureOf("a", { absent }), figureOf("b"), figureOf("c", { absent })]);
    expect(page.absences).toEqual([{ titles: ["What about a?", "What about c?"], reason: absent }]);
    expect(page.figures.map(({ id }) => id)).toEqual(["b"]);
    expect(page.frame.toc.map(({ label }) => label)).toContain("Not recorded");
  });

  it("shows the worst findings first, four of them, and folds the rest", () => {
    const findings = [finding("info"), finding("low"), finding("high"), finding("medium"), finding("info", "other")];
    const { findings: view } = pageOf([figureOf("alignment")], summaryOf(HELLO, { summary: { findings } }));
    expect(view?.shown.map(({ mark }) => mark.word)).toEqual(["High", "Medium", "Low", "Note"]);
    expect(view?.moreText).toBe("1 more finding");
    expect(view?.shown[0]?.figure).toEqual({ href: "#alignment", label: "alignment" });
  });

  it("gives the same advice once", () => {
    const { findings: view } = pageOf(
      [],
      summaryOf(HELLO, { summary: { findings: [finding("low"), finding("high")] } }),
    );
    expect(view?.shown.map(({ advice }) => advice)).toEqual(["Look.", ""]);
  });

  it("points to the default scope where the findings judge another one", () => {
    const findings = [finding("high"), finding("info"), finding("info", "other")];
    const trace = traceOf(summaryOf(HELLO, { summary: { ...TWO_SCOPES, findings } }));
    const page = tracePage(trace, "whole", AROUND);
    expect(page.findings).toBeNull();
    expect(page.judgedElsewhere).toEqual({ href: "../index.html", title: "marked span", counts: "1 high, 2 notes" });
  });

  it("says that time is not recorded rather than zero", () => {
    expect(pageOf().facts).toEqual([
      { label: "Requests", value: "15", detail: null },
      { label: "Read", value: "8 KiB", detail: "5 requests" },
      { label: "Written", value: "11 KiB", detail: "10 requests" },
      { label: "Time", value: "not recorded", detail: null },
    ]);
  });

  it("tells flushes issued from flushes requested", () => {
    const rows = [...HELLO, ["flush", 0, 0] as const];
    const summary = summaryOf(rows);
    const requests = metricOf(summary, "whole", "requests")!;
    const scopes = { whole: { ...summary.scopes["whole"], requests: ok({ ...requests, flushesRequested: 4 }) } };
    const facts = pageOf([], { ...summary, scopes }).facts;
    expect(facts.find(({ label }) => label === "Flushes")).toEqual({
      label: "Flushes",
      value: "1",
      detail: "4 requested",
    });
  });

  it("has a picture for link previews where the site has a URL, because they take no other address", () => {
    const site = { ...SITE, url: "https://example.org/io/" };
    const previewOf = (facts: typeof site | typeof SITE) =>
      tracePage(traceOf(summaryOf(HELLO)), "whole", { site: facts, comparisons: [] }).frame.preview;
    expect(previewOf(site)).toEqual({
      page: "https://example.org/io/traces/write-hello/",
      image: "https://example.org/io/traces/write-hello/card.png",
    });
    expect(previewOf(SITE)).toBeNull();
  });

  it("shows a short command at the top, and a long one only where it comes from", () => {
    const command = "mkfs.ext2 /dev/sda1";
    expect(pageOf([], summaryOf(HELLO, { trace: { command } })).command).toBe(command);
    const long = pageOf([], summaryOf(HELLO, { trace: { command: `${command}\nsync` } }));
    expect(long.command).toBeNull();
    expect(long.provenance.command).toBe(`${command}\nsync`);
  });

  it("says when, where and on what it was recorded, as far as that is known", () => {
    const [disk] = summaryOf(HELLO).trace.devices;
    const known = { kernel: "Linux 6.1.192", host: null, filesystem: "ext2", recorder: "qemu 1.0" };
    const context = { recordedAt: "2013-02-25T10:30:00.5Z", ...known };
    const facts = { bytes: 64 << 20, logicalBlockBytes: 512, physicalBlockBytes: 4096, rotational: false };
    const devices = [
      { ...disk!, model: "INTEL SSD", ...facts, queueDepth: 32, scheduler: "none", discardGranularityBytes: 0 },
    ];
    const page = pageOf([], summaryOf(HELLO, { trace: { context, devices } }));
    expect(page.context).toEqual([
      "2013-02-25 10:30:00 UTC",
      "Linux 6.1.192",
      "disk: INTEL SSD, 64 MiB, not rotational, 512 B logical on 4 KiB physical blocks, queue depth 32, scheduler none, no discards",
      "ext2",
      "qemu 1.0",
    ]);
    expect(page.provenance.rows.map(({ label }) => label)).toEqual([
      "Format",
      "Recorded",
      "Recorded by",
      "Kernel",
      "Filesystem",
    ]);
  });

  it("leaves out what is not known, and says nothing of it", () => {
    const unknown = summaryOf(HELLO, { trace: { devices: [unknownDevice("disk")] } });
    const page = pageOf([], unknown);
    expect(page.context).toEqual([]);
    expect(page.provenance.rows.map(({ label }) => label)).toEqual(["Format"]);
    expect(page.provenance.devices.columns.map(({ title }) => title)).toEqual(["Device", "Number"]);
  });

  it("lists partitions by what came down from them, with the names that the layout gives", () => {
    const [disk] = summaryOf(HELLO).trace.devices;
    const devices = [{ ...disk!, name: "vda" }];
    const partitions = [
      { name: "vda1", startSector: 63, sectors: 1000 },
      { name: "vda3", startSector: 4096, sectors: null },
    ];
    const seenPartitions = [
      { id: "254,2", device: 0, startBytes: 2048 * 512, bios: 5, bytes: 20480 },
      { id: "254,1", device: 0, startBytes: 63 * 512, bios: 7, bytes: 8192 },
    ];
    const table = pageOf([], summaryOf(HELLO, { trace: { devices, partitions, seenPartitions } })).provenance
      .partitions;
    expect(table?.columns.map(({ title }) => title)).toEqual([
      "Partition",
      "Disk",
      "First sector",
      "Sectors",
      "Past a 4 KiB boundary",
      "Bios",
      "Bytes",
    ]);
    expect(table?.rows).toEqual([
      ["vda1", "vda", 63, 1000, 3584, 7, 8192],
      ["254,2", "vda", 2048, null, 0, 5, 20480],
      ["vda3", null, 4096, null, 0, 0, 0],
    ]);
    expect(pageOf([], summaryOf(HELLO)).provenance.partitions).toBeNull();
  });

  it("does not give the whole trace's counts of partitions where it shows a window", () => {
    const window = { fromNs: 2e9, toNs: null, firstRow: 3, traceRequests: 1000, traceLastNs: 60e9 };
    const seenPartitions = [{ id: "254,2", device: 0, startBytes: 63 * 512, bios: 5, bytes: 20480 }];
    const table = pageOf([], summaryOf(HELLO, { trace: { window, seenPartitions } })).provenance.partitions;
    expect(table?.rows).toEqual([["254,2", "disk", 63, 3584]]);
  });

  it("says which window it shows", () => {
    const window = { fromNs: 2e9, toNs: null, firstRow: 3, traceRequests: 1000, traceLastNs: 60e9 };
    expect(pageOf([], summaryOf(HELLO, { trace: { window } })).window).toBe(
      "Shows 2 s to the end of 60 s: 15 of 1\u202f000 requests.",
    );
    expect(pageOf([], summaryOf(HELLO)).window).toBeNull();
  });

  it("shows the wall clock of the first request in UTC", () => {
    const page = pageOf([], summaryOf(HELLO, { trace: { startUnixNs: "1763778191123456789" } }));
    expect(page.provenance.rows).toContainEqual({
      label: "First request",
      href: null,
      text: "2025-11-22 02:23:11 UTC",
    });
  });
});
