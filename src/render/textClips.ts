const TEXTS = /(?:<text(?: [a-z-]+="[^"<>]*")*>[^<]+<\/text>)+/g;
const TEXT = /<text((?: [a-z-]+="[^"<>]*")*)>[^<]+<\/text>/g;
/** What gives a text its colour. */
const PAINT = / (?:fill|class)="[^"]*"/g;
/** A text that says more of its looks, such as an opacity or a stroke, stays as it is. */
const PLAIN = /^(?: (?:fill|class|x|y|text-anchor|transform|font-size|font-weight|font-style)="[^"]*")*$/;
/** Larger than any picture, in whatever group it stands. */
const EVERYWHERE = 'x="-9999" y="-9999" width="19998" height="19998"';

/**
 * The same picture, with neighbouring texts of one colour as the clip of a coloured area. librsvg asks for the exact
 * bounds of each text that it fills, which takes as long as filling it; of texts in clips it does not.
 */
export function withTextClips(svg: string): string {
  let clips = 0;
  return svg.replace(TEXTS, (neighbours) => ofOneColour(neighbours).map(markupOf).join(""));

  function markupOf({ paint, texts }: Texts): string {
    if (paint === "") return texts;
    const id = `texts${clips++}`;
    return `<clipPath id="${id}">${texts}</clipPath><rect${paint} ${EVERYWHERE} clip-path="url(#${id})"/>`;
  }
}

interface Texts {
  /** Empty: they are no clip. */
  readonly paint: string;
  texts: string;
}

function ofOneColour(neighbours: string): readonly Texts[] {
  const all: Texts[] = [];
  for (const [text, attributes] of neighbours.matchAll(TEXT)) {
    const paint = PLAIN.test(attributes!) ? (attributes!.match(PAINT) ?? []).join("") : "";
    const last = all.at(-1);
    if (last?.paint === paint) last.texts += text;
    else all.push({ paint, texts: text });
  }
  return all;
}
