import { execFileSync } from "node:child_process";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareFonts } from "../../src/render/fonts.ts";
import { framed } from "../../src/render/frame.ts";
import { type Provenance, pngTexts } from "../../src/render/provenance.ts";
import { renderPng } from "../../src/render/renderPng.ts";

const HOSTILE = `</metadata><script>alert(1)</script> ]]> & " ' $(x) \u0000 é 漢`;
const PROVENANCE: Provenance = {
  inputs: [
    { name: "sda.blktrace.0", sha256: "0a".repeat(32) },
    { name: HOSTILE, sha256: "1b".repeat(32) },
  ],
  software: "blkreport 1.2.3",
  command: `blkreport render '${HOSTILE}' sector-map -o sector-map.svg`,
};
const words = { title: HOSTILE, subtitle: "", alternativeText: "Grid. é", source: "" };
const svg = framed("", { widthPx: 40, heightPx: 10, ...words, provenance: PROVENANCE });
const legal = HOSTILE.replace("\0", "");

beforeAll(prepareFonts);

describe("what a picture says of where it comes from", () => {
  it("stands in an SVG as RDF that Python's XML parser reads", () => {
    const script = `
import sys, json, xml.etree.ElementTree as tree
dc = "{http://purl.org/dc/elements/1.1/}"
root = tree.fromstring(sys.stdin.read())
texts = lambda name: [one.text for one in root.iter(dc + name)]
print(json.dumps({name: texts(name) for name in ("title", "source", "creator", "description")}))`;
    const read = JSON.parse(execFileSync("python3", ["-c", script], { input: svg, encoding: "utf8" }));
    expect(read).toEqual({
      title: [legal],
      source: [`sda.blktrace.0 sha256:${"0a".repeat(32)}`, `${legal} sha256:${"1b".repeat(32)}`],
      creator: ["blkreport 1.2.3"],
      description: [`blkreport render '${legal}' sector-map -o sector-map.svg`],
    });
  });

  it("stands in a PNG as texts that libspng reads", async () => {
    const texts = pngTexts(HOSTILE, "Grid. é", PROVENANCE);
    const { comments } = await sharp(await renderPng(svg, { theme: "light", scale: 1, texts })).metadata();
    expect(comments).toEqual([
      { keyword: "Title", text: legal },
      { keyword: "Description", text: "Grid. é" },
      { keyword: "Software", text: "blkreport 1.2.3" },
      { keyword: "Source", text: `sda.blktrace.0 sha256:${"0a".repeat(32)}\n${legal} sha256:${"1b".repeat(32)}` },
      { keyword: "Comment", text: `blkreport render '${legal}' sector-map -o sector-map.svg` },
    ]);
  });

  it("has no command where none draws the picture alone", () => {
    const provenance = { ...PROVENANCE, command: null };
    expect(framed("", { widthPx: 40, heightPx: 10, ...words, provenance })).not.toContain("dc:description");
    expect(pngTexts("", "", provenance).map(({ keyword }) => keyword)).not.toContain("Comment");
  });
});
