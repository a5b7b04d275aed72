import { escapeXml } from "../model/xml.ts";
import type { PngText } from "./pngText.ts";

/** Where a picture comes from; it stands in the file, so that whoever finds the file can check it and draw it again. */
export interface Provenance {
  /** The files of the trace, or of both traces. */
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  /** Program and version. */
  readonly software: string;
  /** The command that draws the picture; null: none draws it alone. */
  readonly command: string | null;
}

/** As RDF in Dublin Core, which is what readers of SVG metadata look for. */
export function metadataElement(title: string, { inputs, software, command }: Provenance): string {
  const properties = [
    ["dc:title", title],
    ...inputs.map((input) => ["dc:source", inputText(input)]),
    ["dc:creator", software],
    ...(command === null ? [] : [["dc:description", command]]),
  ];
  const inside = properties.map(([name, text]) => `<${name}>${escapeXml(text!)}</${name}>`).join("");
  return (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<rdf:Description rdf:about="">${inside}</rdf:Description></rdf:RDF></metadata>`
  );
}

/** With the keywords that PNG knows (3rd edition, 11.3.3.2). */
export function pngTexts(title: string, description: string, provenance: Provenance): readonly PngText[] {
  const { inputs, software, command } = provenance;
  return [
    { keyword: "Title", text: title },
    { keyword: "Description", text: description },
    { keyword: "Software", text: software },
    { keyword: "Source", text: inputs.map(inputText).join("\n") },
    ...(command === null ? [] : [{ keyword: "Comment", text: command }]),
  ];
}

function inputText({ name, sha256 }: Provenance["inputs"][number]): string {
  return `${name} sha256:${sha256}`;
}
