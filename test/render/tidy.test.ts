import { describe, expect, it } from "vitest";
import { tidy } from "../../src/render/tidy.ts";

const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="10">${inside}</svg>`;

describe("tidy", () => {
  it("drops roles, classes and fonts", () => {
    expect(tidy(svg('<path class="x" role="img" aria-label="a" font-family="b" d="M0,0" fill="red"/>'))).toBe(
      '<path d="M0,0" fill="red"/>',
    );
  });

  it("keeps another size and weight than the default", () => {
    expect(tidy(svg('<text font-size="10px" font-weight="600" fill="red">a</text>'))).toBe(
      '<text font-size="10px" font-weight="600" fill="red">a</text>',
    );
  });

  it("leaves a text alone that looks like an attribute", () => {
    expect(tidy(svg('<text fill="red">a class="b" 1.23456 d="M0.123"</text>'))).toBe(
      '<text fill="red">a class="b" 1.23456 d="M0.123"</text>',
    );
  });

  it("unwraps groups that say nothing and drops empty ones", () => {
    expect(
      tidy(svg('<g class="a"><g transform="translate(0,0)"><rect width="1.04"/></g></g><g fill="red"><g/></g>')),
    ).toBe('<rect width="1"/>');
  });

  it("drops a background without paint and keeps one with", () => {
    const path = (paint: string) => `<path class="background" d="M0,0h1v1h-1Z"${paint}/>`;
    expect(tidy(svg(path("")))).toBe("");
    expect(tidy(svg(path(' stroke="red"')))).toContain('stroke="red"');
  });

  it("does not round what is not a length", () => {
    expect(tidy(svg('<path fill="rgb(1.234,2,3)" fill-opacity="0.125" d="M0,0"/>'))).toContain(
      'fill="rgb(1.234,2,3)" fill-opacity="0.125"',
    );
  });
});
