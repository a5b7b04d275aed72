import { describe, expect, it } from "vitest";
import type { Layout } from "../../src/model/layout.ts";
import { layoutOfText, layoutText } from "../../src/report/layoutFile.ts";

const LAYOUT: Layout = {
  sources: ["dumpe2fs 1.47.0"],
  devices: [
    {
      device: "vda",
      bytes: 8192,
      structures: [
        { name: "vda1", kind: "partition", within: null, extents: [[512, 4096]] },
        {
          name: "/a\n\u2028 b",
          kind: "file",
          within: 0,
          extents: [
            [1024, 512],
            [512, 512],
          ],
        },
      ],
    },
    { device: "dm-0", bytes: null, structures: [] },
  ],
};

function changed(change: (layout: Record<string, unknown> & { devices: Record<string, unknown>[] }) => void): string {
  const value = JSON.parse(layoutText(LAYOUT));
  change(value);
  return JSON.stringify(value);
}

describe("the file of a layout", () => {
  it("is read as it was written, and written the same again", () => {
    expect(layoutOfText(layoutText(LAYOUT), "x.layout.json")).toEqual(LAYOUT);
    expect(layoutText(layoutOfText(layoutText(LAYOUT), "x"))).toBe(layoutText(LAYOUT));
    expect(layoutOfText(layoutText({ sources: [], devices: [] }), "x")).toEqual({ sources: [], devices: [] });
  });

  it.each<[string, Parameters<typeof changed>[0], string]>([
    [
      "another version",
      (layout) => {
        layout["layout"] = "blkreport/layout/2";
      },
      'x: invalid layout "blkreport/layout/2"; expected one of "blkreport/layout/1"',
    ],
    [
      "an unknown key",
      (layout) => {
        layout["partitions"] = [];
      },
      'x: unknown key "partitions"; known keys: layout, sources, devices',
    ],
    [
      "a device twice",
      (layout) => {
        layout.devices[1]!["device"] = "vda";
      },
      'x: invalid devices.1.device "vda"; name each device once',
    ],
    [
      "several devices, one without a name",
      (layout) => {
        layout.devices[1]!["device"] = null;
      },
      "x: invalid devices.1.device null; name each device where there are several",
    ],
    [
      "a structure beyond the end",
      (layout) => {
        layout.devices[0]!["bytes"] = 4096;
      },
      "x: invalid devices.0.structures.0.extents.0 [512, 4096]; the device ends at 4096",
    ],
    [
      "a structure within a later one",
      (layout) => {
        layout.devices[0]!["structures"] = [{ name: "a", kind: "file", within: 0, extents: [] }];
      },
      "x: invalid devices.0.structures.0.within 0; what holds a structure stands before it in the list",
    ],
    [
      "an empty extent",
      (layout) => {
        layout.devices[0]!["structures"] = [{ name: "a", kind: "file", within: null, extents: [[512, 0]] }];
      },
      "x: invalid devices.0.structures.0.extents.0 of 0 bytes; leave it out",
    ],
    [
      "a negative address",
      (layout) => {
        layout.devices[0]!["structures"] = [{ name: "a", kind: "file", within: null, extents: [[-1, 5]] }];
      },
      "x: invalid devices.0.structures.0.extents.0.0 -1; must be >= 0",
    ],
  ])("is refused with %s", (_, change, message) => {
    expect(() => layoutOfText(changed(change), "x")).toThrow(message);
  });

  it("with an unknown kind says which there are", () => {
    const text = changed((layout) => {
      layout.devices[0]!["structures"] = [{ name: "a", kind: "blocks", within: null, extents: [] }];
    });
    expect(() => layoutOfText(text, "x")).toThrow(
      /^x: invalid devices\.0\.structures\.0\.kind "blocks"; expected one of "partitionTable", /,
    );
  });
});
