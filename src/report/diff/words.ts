import { OP_STYLE } from "../../charts/kit/opStyle.ts";
import type { Diff, FigureChange, StructureAmount, StructureChange, Verdict } from "../../compare/diff.ts";
import type { GateResult } from "../../compare/gates/index.ts";
import { OPS } from "../../model/ops.ts";
import { bytesText, counted, countText, listed } from "../../model/quantities.ts";
import { touchedName } from "../../model/structureWords.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { figureRow } from "../pages/figureRows.ts";

const SHOWN_ALWAYS: readonly Verdict[] = ["better", "worse", "changed", "few"];

/** "52 of 110 → 18 of 110". */
export function changeWords(figure: FigureChange): string {
  const { a, b } = figureRow(figure);
  return `${a} → ${b}`;
}

/** "better (−65 %)", with what limits it. */
export function verdictWords(figure: FigureChange): string {
  const { change, verdict, note } = figureRow(figure);
  return `${verdict.word} (${change})${note === null ? "" : `, ${note}`}`;
}

/** The figures that differ, in the order of the page. */
export function changedFigures({ figures }: Diff): readonly FigureChange[] {
  return figures.filter(({ verdict }) => SHOWN_ALWAYS.includes(verdict));
}

/** "requests.total in marked ≤ 3: 4 → 5". */
export function gateWords({ name, scope, rule, a, b }: GateResult): string {
  const where = scope === null ? "" : ` in ${scope}`;
  return `${name}${where} ${rule}: ${valueWord(a)} → ${valueWord(b)}`;
}

function valueWord(value: number | null): string {
  return value === null ? "not recorded" : String(value);
}

export function gateSummary(gates: readonly GateResult[]): string {
  const failed = gates.filter(({ holds, level }) => !holds && level === "error").length;
  const warned = gates.filter(({ holds, level }) => !holds && level === "warn").length;
  const parts = [
    failed === 0 ? "every rule holds" : `${counted(failed, "rule")} ${failed === 1 ? "fails" : "fail"}`,
    ...(warned === 0 ? [] : [`${counted(warned, "warning")}`]),
  ];
  return parts.join(", ");
}

/** What a rule came to. */
export function gateMark({ holds, level }: GateResult): "pass" | "fail" | "warn" | "off" {
  if (level === "off") return "off";
  if (holds) return "pass";
  return level === "warn" ? "warn" : "fail";
}

/** "journal in ext4 on sda1: writes 2 → 5 (8 KiB → 20 KiB), reads 1 → 0 (4 KiB → 0 B)". */
export function structureWords(change: StructureChange): string {
  const { within, byOp } = change;
  const amounts = OPS.flatMap((op) => {
    const change = byOp[op];
    if (change === undefined) return [];
    const { a, b } = change;
    return [`${OP_STYLE[op].plural} ${countOf(a)} → ${countOf(b)} (${bytesOf(a)} → ${bytesOf(b)})`];
  });
  return `${touchedName(change)}${within === null ? "" : ` in ${within}`}: ${amounts.join(", ")}`;
}

function countOf(amount: StructureAmount | null): string {
  return amount === null ? "not listed" : countText(amount.count);
}

function bytesOf(amount: StructureAmount | null): string {
  return amount === null ? "not listed" : bytesText(amount.bytes);
}

/** "12 the same, 3 added, 1 removed"; null where the sequences were not aligned. */
export function sequenceWords({ sequence }: Diff): string | null {
  if (sequence === null) return null;
  const { counts, shift } = sequence;
  const parts = (["added", "removed", "moved", "resized", "reordered"] as const).flatMap((change) =>
    counts[change] === 0 ? [] : [`${countText(counts[change])} ${change}`],
  );
  if (parts.length === 0) return `both make the same ${counted(counts.same, "request")} in the same order`;
  const by = shift === null ? "" : `, ${countText(shift.requests)} of them by ${shiftWords(shift.bytes)}`;
  return `${countText(counts.same)} requests the same, ${listed(parts)}${by}`;
}

function shiftWords(bytes: number): string {
  const sectors = bytes / SECTOR_BYTES;
  return `${sectors < 0 ? "−" : "+"}${counted(Math.abs(sectors), "sector")}`;
}
