/** An element of machine-made XML; attribute values and texts stay escaped as they stood. */
export interface Element {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (Element | string)[];
}

const TOKEN = /<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/** The tree of a well-formed text as Vega writes it: every `<` and `>` in values is escaped, no comments, one root. */
export function parseMarkup(text: string): Element {
  const top: Element = { name: "", attributes: new Map(), children: [] };
  const open = [top];
  for (const [, slash, name, attributes, selfClosed, content] of text.matchAll(TOKEN)) {
    const parent = open[open.length - 1]!;
    if (content !== undefined) parent.children.push(content);
    else if (slash !== "") open.pop();
    else {
      const element = { name: name!, attributes: readAttributes(attributes!), children: [] };
      parent.children.push(element);
      if (selfClosed === "") open.push(element);
    }
  }
  const root = top.children.find((child) => typeof child !== "string");
  if (root === undefined || open.length !== 1) throw new Error("the markup is not well-formed");
  return root;
}

function readAttributes(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(ATTRIBUTE), ([, name, value]) => [name!, value!]));
}

export function writeMarkup(node: Element | string): string {
  if (typeof node === "string") return node;
  let tag = `<${node.name}`;
  for (const [name, value] of node.attributes) tag += ` ${name}="${value}"`;
  if (node.children.length === 0) return `${tag}/>`;
  return `${tag}>${node.children.map(writeMarkup).join("")}</${node.name}>`;
}
