import type { CellValue, DataTable } from "../../charts/chart.ts";
import { OP_STYLE } from "../../charts/kit/opStyle.ts";
import { table } from "../../charts/kit/table.ts";
import type { Diff } from "../../compare/diff.ts";
import { OPS } from "../../model/ops.ts";
import { counted, sentence } from "../../model/quantities.ts";

/** The structures of the layouts that A and B touched in another way. */
export interface StructuresView {
  readonly answer: string;
  /** null where none changed. */
  readonly table: DataTable | null;
  readonly rest: string | null;
}

const MOST_ROWS = 40;

/** null where either side has no layout. */
export function structuresView({ structures }: Diff): StructuresView | null {
  if (structures === null) return null;
  const { same, changed } = structures;
  if (changed.length === 0)
    return { answer: `Both do the same to ${counted(same, "structure")}.`, table: null, rest: null };
  const more = changed.length - MOST_ROWS;
  return {
    answer: `${sentence(counted(changed.length, "structure"))} differ${changed.length === 1 ? "s" : ""}, ${counted(same, "structure")} ${same === 1 ? "is" : "are"} the same.`,
    table: tableOf(changed.slice(0, MOST_ROWS)),
    rest: more > 0 ? `The ${MOST_ROWS} that differ most; ${counted(more, "structure")} more in diff.json.` : null,
  };
}

function tableOf(changed: NonNullable<Diff["structures"]>["changed"]): DataTable {
  return table(
    [
      ["structure", "Structure", "text"],
      ["within", "In", "text"],
      ["op", "Operation", "text"],
      ["a", "A", "count"],
      ["b", "B", "count"],
      ["aBytes", "Bytes of A", "bytes"],
      ["bBytes", "Bytes of B", "bytes"],
    ],
    changed.flatMap(({ name, within, byOp }) =>
      OPS.flatMap((op): CellValue[][] => {
        const change = byOp[op];
        if (change === undefined) return [];
        const { a, b } = change;
        const amounts = [a?.count ?? null, b?.count ?? null, a?.bytes ?? null, b?.bytes ?? null];
        return [[name, within, sentence(OP_STYLE[op].plural), ...amounts]];
      }),
    ),
  );
}
