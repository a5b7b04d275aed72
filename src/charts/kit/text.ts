import { textWidth } from "../../theme/textWidth.ts";
import { CHART_TEXT_PX } from "../../theme/type.ts";

/** A text no wider than that: as it is, or cut with "…". */
export function cutToWidth(text: string, widthPx: number, sizePx: number = CHART_TEXT_PX): string {
  if (textWidth(text, sizePx) <= widthPx) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join("").trimEnd()}…`, sizePx) > widthPx) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** The lines of a text that is broken at spaces; a word wider than the line is cut. */
export function wrapped(text: string, widthPx: number, sizePx: number = CHART_TEXT_PX): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, sizePx) > widthPx) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => cutToWidth(each, widthPx, sizePx));
}
