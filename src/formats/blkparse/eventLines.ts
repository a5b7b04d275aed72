import type { Line } from "../text/line.ts";
import type { TextEvent } from "./textEvent.ts";

/** Lines of one shape. */
export interface EventLines {
  /** Whether all lines have sequence numbers. */
  readonly numbered: boolean;
  /** Reads a line as an event; gives false, through `line.invalid`, where it is none. Hot. */
  read(line: Line, event: TextEvent): boolean;
}
