import { expect, it } from "vitest";
import { portableSpec } from "../../src/render/portableSpec.ts";

it("puts the light theme's colours for variables, in expressions too", () => {
  expect(portableSpec({ mark: { fill: "var(--read)" }, expr: "a ? 'var(--bg)' : 'var(--ink)'" })).toEqual({
    mark: { fill: "#1b6fb8" },
    expr: "a ? '#ffffff' : '#16191d'",
  });
});

it("takes a value in the data for a colour only when it is nothing else", () => {
  const values = [{ fill: "var(--read)", name: "dd if=var(--nothing)" }];
  expect(portableSpec({ layer: [{ data: { values } }] })).toEqual({
    layer: [{ data: { values: [{ fill: "#1b6fb8", name: "dd if=var(--nothing)" }] } }],
  });
});
