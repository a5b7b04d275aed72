import type { GateResult } from "../../compare/gates/index.ts";
import { verdictText } from "../../compare/sentence.ts";
import { escapeXml } from "../../model/xml.ts";
import type { DiffReport } from "./report.ts";
import { gateMark, gateWords } from "./words.ts";

/** The rules as test cases, for systems that show JUnit XML; a comparison without rules is one case that passes. */
export function diffJunit({ diff, gates }: DiffReport): string {
  const suite = `${diff.a.slug}..${diff.b.slug}`;
  const cases =
    gates.length === 0
      ? [
          element("testcase", { classname: suite, name: "comparison" }, [
            element("system-out", {}, [escapeXml(verdictText(diff))]),
          ]),
        ]
      : gates.map((gate) => testCase(suite, gate));
  const failures = gates.filter((gate) => gateMark(gate) === "fail").length;
  const skipped = gates.filter((gate) => gateMark(gate) === "off").length;
  const counts = { name: suite, tests: cases.length, failures, skipped };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", counts, [element("testsuite", counts, cases)])}\n`;
}

function testCase(suite: string, gate: GateResult): string {
  const name = gateWords(gate);
  const mark = gateMark(gate);
  const why = gate.why ?? "";
  const outcome = {
    pass: [],
    fail: [element("failure", { message: why }, [])],
    warn: [element("system-out", {}, [escapeXml(`warning: ${why}`)])],
    off: [element("skipped", {}, [])],
  };
  return element("testcase", { classname: suite, name }, outcome[mark]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${written.join("")}>${children.join("")}</${name}>`;
}
