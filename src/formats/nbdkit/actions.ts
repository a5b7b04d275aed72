import { OP_CODE } from "../../model/ops.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";

/** What an action means to a trace: the code of its op, or one of these. */
export const ACTION = { unknown: -1, noRequest: -2, connect: -3, disconnect: -4 } as const;

interface Action {
  readonly word: Uint8Array;
  readonly code: number;
}

const ACTIONS: readonly Action[] = Object.entries({
  Read: OP_CODE.read,
  Write: OP_CODE.write,
  Flush: OP_CODE.flush,
  // Whether nbdkit may trim instead (trim=1) is its own choice: what the client asked for is zeroes.
  Zero: OP_CODE.writeZeroes,
  Trim: OP_CODE.discard,
  Extents: ACTION.noRequest,
  Cache: ACTION.noRequest,
  Connect: ACTION.connect,
  Disconnect: ACTION.disconnect,
  Preconnect: ACTION.noRequest,
  ListExports: ACTION.noRequest,
  Ready: ACTION.noRequest,
  Fork: ACTION.noRequest,
}).map(([name, code]) => ({ word: word(name), code }));

/** Reads the action's name; gives its code. */
export function readAction(line: Line): number {
  const from = line.at;
  for (let i = 0; i < ACTIONS.length; i++) {
    const action = ACTIONS[i]!;
    if (line.takes(action.word) && line.atFieldEnd()) return action.code;
    line.at = from;
  }
  return ACTION.unknown;
}
