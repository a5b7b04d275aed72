import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { embedOf } from "../../src/report/pages/embed.ts";
import { figureOf } from "./fixture.ts";

const PLACE = { page: "traces/a/", files: "traces/a/charts/whole/sizes", url: null };
const HOSTILE = `Bars.\n\n</a><script>alert(1)</script> "x" 'y' [z](u) :alt: *b* \`c\` \\ é 漢`;
const ONE_LINE = HOSTILE.replace(/\s+/g, " ");

function snippetsOf(alternativeText: string, url: string | null): Record<string, string> {
  const { snippets } = embedOf(figureOf("sizes", { alternativeText }), { ...PLACE, url });
  return Object.fromEntries(snippets.map(({ language, text }) => [language, text]));
}

/** What docutils, which Sphinx and Read the Docs stand on, makes of a text. */
function docutils(text: string): { images: Record<string, string>[]; complaints: number; elements: string[] } {
  const script = `
import sys, json, docutils.core, docutils.nodes as nodes
tree = docutils.core.publish_doctree(sys.stdin.read(), settings_overrides={"report_level": 5})
print(json.dumps({
  "images": [{"uri": n["uri"], "alt": n["alt"], "target": n.parent["refuri"]} for n in tree.findall(nodes.image)],
  "complaints": len(list(tree.findall(nodes.system_message))),
  "elements": [type(n).__name__ for n in tree.findall() if isinstance(n, nodes.Element)],
}))`;
  return JSON.parse(execFileSync("python3", ["-c", script], { input: text, encoding: "utf8" }));
}

function hasDocutils(): boolean {
  try {
    execFileSync("python3", ["-c", "import docutils"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("what to paste of a figure", () => {
  it("is Markdown, HTML and reStructuredText with absolute addresses where the site has a URL", () => {
    expect(snippetsOf("Bars. Most are 4 KiB.", "https://example.org/io/")).toEqual({
      Markdown:
        "[![Bars. Most are 4 KiB.](https://example.org/io/traces/a/charts/whole/sizes.png)](https://example.org/io/traces/a/#sizes)",
      HTML: '<a href="https://example.org/io/traces/a/#sizes"><img src="https://example.org/io/traces/a/charts/whole/sizes.svg" width="720" alt="Bars. Most are 4 KiB."></a>',
      reStructuredText:
        ".. image:: https://example.org/io/traces/a/charts/whole/sizes.png\n   :target: https://example.org/io/traces/a/#sizes\n   :alt: Bars. Most are 4 KiB.",
    });
    expect(embedOf(figureOf("sizes"), { ...PLACE, url: "https://example.org" }).note).toBeNull();
  });

  it("says the first sentences of a long alternative text, or else its first words", () => {
    const sentences = `${"Bars over time, a panel for each. ".repeat(3)}${"12 345 reads. ".repeat(9)}`;
    expect(snippetsOf(sentences, null)["reStructuredText"]).toMatch(/:alt: Bars .* 12 345 reads\.$/);
    expect(snippetsOf(sentences, null)["reStructuredText"]!.length).toBeLessThan(330);
    expect(snippetsOf(`Bars. ${"word ".repeat(99)}`, null)["Markdown"]).toMatch(/^\[!\[Bars\. (word )+…\]/);
  });

  it("has addresses from the site's root where it has none, and says so", () => {
    const { Markdown, HTML, reStructuredText } = snippetsOf("Bars.", null);
    expect(Markdown).toBe("[![Bars.](traces/a/charts/whole/sizes.png)](traces/a/#sizes)");
    expect(HTML).toContain('src="traces/a/charts/whole/sizes.svg"');
    expect(reStructuredText).toContain(".. image:: traces/a/charts/whole/sizes.png\n");
    expect(embedOf(figureOf("sizes"), PLACE).note).toContain("“url” in traces/blkreport.json");
  });

  it("says any alternative text as HTML, and nothing else", () => {
    const script = `
import sys, json, html.parser
tags = []
class Reader(html.parser.HTMLParser):
  def handle_starttag(self, tag, attributes): tags.append([tag, dict(attributes)])
  def handle_data(self, text): tags.append([text])
reader = Reader(); reader.feed(sys.stdin.read()); reader.close()
print(json.dumps(tags))`;
    const input = snippetsOf(HOSTILE, null)["HTML"]!;
    expect(JSON.parse(execFileSync("python3", ["-c", script], { input, encoding: "utf8" }))).toEqual([
      ["a", { href: "traces/a/#sizes" }],
      ["img", { src: "traces/a/charts/whole/sizes.svg", width: "720", alt: ONE_LINE }],
    ]);
  });

  it.runIf(hasDocutils())("says any alternative text to docutils, and nothing else", () => {
    for (const text of [HOSTILE, ":target: x", ".. raw:: html", "|x|_ `y`__ \\"]) {
      const { images, complaints, elements } = docutils(snippetsOf(text, "https://example.org/")["reStructuredText"]!);
      const alt = text.replace(/\s+/g, " ");
      const [uri, target] = ["charts/whole/sizes.png", "#sizes"].map((name) => `https://example.org/traces/a/${name}`);
      expect(images).toEqual([{ uri, alt, target }]);
      expect([complaints, elements]).toEqual([0, ["document", "reference", "image"]]);
    }
  });
});
