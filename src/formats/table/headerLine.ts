import type { Line } from "../text/line.ts";

/** Whether a line is the header again, as where files were put together. Hot: almost always the first byte tells. */
export function isHeaderLine(line: Line, header: Uint8Array): boolean {
  if (header.length === 0 || line.bytes[line.at] !== header[0]) return false;
  const from = line.at;
  const is = line.takes(header) && line.atEnd();
  line.at = from;
  return is;
}
