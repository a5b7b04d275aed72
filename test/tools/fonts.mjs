/*
 * Makes templates/assets/fonts/ and src/theme/advances.ts from Source Sans 3: `node test/tools/fonts.mjs`.
 * "Source" is a Reserved Font Name of its licence, so every subset is called "blkreport" in its name table too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as fontkit from "fontkit";
import fontverter from "fontverter";
import subsetFont from "subset-font";

const root = fileURLToPath(new URL("../../", import.meta.url));
const fonts = `${root}templates/assets/fonts/`;
const source = createRequire(import.meta.url)
  .resolve("@expo-google-fonts/source-sans-3/package.json")
  .slice(0, -12);
const FACES = [
  { weight: 400, style: "Regular", file: `${source}400Regular/SourceSans3_400Regular.ttf` },
  { weight: 600, style: "SemiBold", file: `${source}600SemiBold/SourceSans3_600SemiBold.ttf` },
];

const range = (first, last) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
const PAGE = `${range(0x20, 0x7e)}${range(0xa0, 0x17f)}\u2009\u2011\u202f–—‘’“”•…′″‹›⁄€™−×→←↑↓≤≥≈≠∆μΩπσ▲●■◆○`;
const CHART = `${range(0x20, 0x7e)}\u00a0\u202f−×→≤≥≈µμ·…–±²↑↓`;
/** Beyond this there are only alternates and presentation forms. */
const LAST_BROAD = 0x2dff;

/** The SFNT without its old names: one Windows record in English for each name that a reader of fonts asks for. */
function renamed(sfnt, style) {
  const original = fontkit.create(sfnt);
  const names = {
    0: original.copyright,
    1: "blkreport",
    2: style,
    3: `blkreport ${style}, a subset of version 3.052`,
    4: `blkreport ${style}`,
    5: "Version 3.052",
    6: `blkreport-${style}`,
    13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
    14: "https://openfontlicense.org",
  };
  return withTable(sfnt, "name", nameTable(names));
}

function nameTable(names) {
  const entries = Object.entries(names).map(([id, text]) => ({
    id: Number(id),
    bytes: Buffer.from(text, "utf16le").swap16(),
  }));
  const header = Buffer.alloc(6 + 12 * entries.length);
  header.writeUInt16BE(entries.length, 2);
  header.writeUInt16BE(header.length, 4);
  let offset = 0;
  for (const [i, { id, bytes }] of entries.entries()) {
    for (const [k, value] of [3, 1, 0x409, id, bytes.length, offset].entries())
      header.writeUInt16BE(value, 6 + 12 * i + 2 * k);
    offset += bytes.length;
  }
  return Buffer.concat([header, ...entries.map((entry) => entry.bytes)]);
}

const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function checksum(bytes) {
  const whole = padded(bytes);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0;
  return sum;
}

function withTable(sfnt, tag, table) {
  const count = sfnt.readUInt16BE(4);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 12 + 16 * i;
    const name = sfnt.toString("latin1", at, at + 4);
    const start = sfnt.readUInt32BE(at + 8);
    return {
      name,
      bytes: name === tag ? table : Buffer.from(sfnt.subarray(start, start + sfnt.readUInt32BE(at + 12))),
    };
  });
  const head = tables.find(({ name }) => name === "head").bytes;
  head.writeUInt32BE(0, 8);
  const directory = Buffer.from(sfnt.subarray(0, 12 + 16 * count));
  let offset = directory.length;
  for (const [i, { name, bytes }] of tables.entries()) {
    directory.write(name, 12 + 16 * i, "latin1");
    directory.writeUInt32BE(checksum(bytes), 16 + 16 * i);
    directory.writeUInt32BE(offset, 20 + 16 * i);
    directory.writeUInt32BE(bytes.length, 24 + 16 * i);
    offset += padded(bytes).length;
  }
  const whole = () => Buffer.concat([directory, ...tables.map(({ bytes }) => padded(bytes))]);
  head.writeUInt32BE((0xb1b0afba - checksum(whole())) >>> 0, 8);
  return whole();
}

async function write(file, bytes, style, characters, options) {
  const subset = await subsetFont(bytes, characters, { targetFormat: "truetype", noHinting: true, ...options });
  const format = file.endsWith(".woff2") ? "woff2" : "truetype";
  const out = await fontverter.convert(renamed(subset, style), format, "truetype");
  writeFileSync(fonts + file, out);
  console.log(`${file} ${out.length} bytes`);
}

/** [first code point, advances in thousandths of an em of it and those after it], without holes. */
function advances(font, codePoints) {
  const runs = [];
  for (const codePoint of codePoints) {
    const advance = font.glyphForCodePoint(codePoint).advanceWidth;
    const run = runs.at(-1);
    if (run !== undefined && run[0] + run[1].length === codePoint) run[1].push(advance);
    else runs.push([codePoint, [advance]]);
  }
  return runs;
}

// Without kerning and ligatures a text is as wide as its letters: in the browser, in the PNG and in `textWidth`.
const PLAIN = { dropTables: ["GSUB", "GPOS", "GDEF", "BASE", "STAT"] };
const measured = {};
for (const { weight, style, file } of FACES) {
  const bytes = readFileSync(file);
  const font = fontkit.create(bytes);
  const broad = font.characterSet.filter((c) => c >= 0x20 && c <= LAST_BROAD).sort((a, b) => a - b);
  await write(`sans-${weight}.woff2`, bytes, style, PAGE, { noLayoutClosure: true, keepFeatures: ["kern", "mark"] });
  if (weight === 400) await write("chart-400.woff2", bytes, style, CHART, PLAIN);
  if (weight === 400) await write("blkreport-regular.ttf", bytes, style, String.fromCodePoint(...broad), PLAIN);
  measured[weight] = advances(font, broad);
}
writeFileSync(`${fonts}OFL.txt`, readFileSync(`${source}LICENSE_FONT`, "utf8").replaceAll("\r\n", "\n"));
writeFileSync(
  `${root}src/theme/advances.ts`,
  `// Made by test/tools/fonts.mjs; do not edit.
type Run = readonly [firstCodePoint: number, advances: readonly number[]];

/** Advance widths of the shipped font in thousandths of an em, by weight, in runs of code points. */
export const ADVANCES: Readonly<Record<400 | 600, readonly Run[]>> = ${JSON.stringify(measured)};
`,
);
