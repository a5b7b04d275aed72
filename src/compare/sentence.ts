import { isContainer, type StructureKind } from "../model/layout.ts";
import { bytesText, counted, countText, durationText, shareText } from "../model/quantities.ts";
import type { Diff, FigureChange } from "./diff.ts";

/** A piece of the sentence; the key clause is strong. */
export interface SentencePiece {
  readonly text: string;
  readonly strong: boolean;
}

type Clause = readonly SentencePiece[];

const plain = (text: string): SentencePiece => ({ text, strong: false });
const strong = (text: string): SentencePiece => ({ text, strong: true });

/** One sentence about a comparison, in pieces: the most telling change, then the sectors. */
export function verdictSentence(diff: Diff): readonly SentencePiece[] {
  const clauses = [headline(diff), ...structureClauses(diff.structures), ...sectorClauses(diff.sectors)];
  return clauses.flatMap((clause, index) => [...clause, plain(index === clauses.length - 1 ? "." : "; ")]);
}

/** The same without its emphasis. */
export function verdictText(diff: Diff): string {
  return verdictSentence(diff)
    .map(({ text }) => text)
    .join("");
}

/** What says once more, in another way, that requests follow each other or do not. */
const RESTATING = /^(runs|seeks)\./;

function headline({ figures }: Diff): Clause {
  const alignment = figures.find(({ metric, verdict }) => metric.startsWith("alignment.") && isJudged(verdict));
  const judged = figures.filter(({ verdict }) => isJudged(verdict));
  const failed = judged.find(({ metric }) => metric === "errors.total");
  if (failed) return [strong(figureClause(failed))];
  if (alignment) return alignmentClause(alignment);
  const telling = judged.filter(({ metric }) => !RESTATING.test(metric));
  const largest = (telling.length > 0 ? telling : judged).reduce<FigureChange | undefined>(
    (most, figure) => (most === undefined || weight(figure) > weight(most) ? figure : most),
    undefined,
  );
  if (largest) return [strong(figureClause(largest))];
  const changed = figures.find(({ verdict, kind }) => verdict === "changed" && kind !== "ns");
  return [plain(changed ? figureClause(changed) : "A and B have the same figures but for time")];
}

function isJudged(verdict: FigureChange["verdict"]): boolean {
  return verdict === "better" || verdict === "worse";
}

/** What is there on one side only weighs most. */
function weight({ relative }: FigureChange): number {
  return relative === null ? Number.POSITIVE_INFINITY : Math.abs(relative);
}

/** "B aligns 5 of its 5 writes to 4 KiB where A aligned none". */
function alignmentClause({ metric, a, b, of }: FigureChange): Clause {
  const noun = metric.includes(".read.") ? "read" : "write";
  const allA = of?.a ?? 0;
  const allB = of?.b ?? 0;
  if (allB === 0)
    return [plain(`B has no ${noun}s where `), strong(`A left ${countText(a ?? 0)} of ${countText(allA)} unaligned`)];
  const aligned = allB - (b ?? 0);
  const ofB =
    aligned === 0 ? `none of its ${counted(allB, noun)}` : `${countText(aligned)} of its ${counted(allB, noun)}`;
  const alignedA = allA - (a ?? 0);
  const ofA = alignedA === 0 ? "none" : `${countText(alignedA)} of ${countText(allA)}`;
  const where = allA === 0 ? `A has no ${noun}s` : `A aligned ${ofA}`;
  return [plain(`B aligns ${ofB} to 4 KiB where `), strong(where)];
}

function figureClause({ title, kind, a, b }: FigureChange): string {
  return `${title}: ${valueText(a, kind)} in A, ${valueText(b, kind)} in B`;
}

function valueText(value: number | null, kind: FigureChange["kind"]): string {
  if (value === null) return "not recorded";
  switch (kind) {
    case "count":
      return countText(value);
    case "bytes":
      return bytesText(value);
    case "ns":
      return durationText(value);
    case "share":
      return shareText(value);
    default:
      return kind satisfies never;
  }
}

const MOST_STRUCTURES = 2;

/** "in B 5 writes go to the journal instead of 2, 4 to the superblock instead of 1". */
function structureClauses(structures: Diff["structures"]): Clause[] {
  const telling = (structures?.changed ?? [])
    .filter(({ kind, byOp: { write } }) => !isContainer(kind) && write?.a && write.b && write.a.count !== write.b.count)
    .slice(0, MOST_STRUCTURES)
    .map(({ name, kind, byOp }, i) => {
      const [a, b] = [byOp.write!.a!.count, byOp.write!.b!.count];
      const count = i === 0 && b === 0 ? "no" : noneOr(b);
      const writes = i > 0 ? "" : b === 1 ? " write goes" : " writes go";
      return `${count}${writes} to ${structureName(name, kind)} instead of ${noneOr(a)}`;
    });
  return telling.length === 0 ? [] : [[plain(`in B ${telling.join(", ")}`)]];
}

/** "the journal", "the inode table of group 0", "/hello". */
function structureName(name: string, kind: StructureKind): string {
  return kind === "file" || kind === "directory" ? name : `the ${name.replace(", ", " of ")}`;
}

function noneOr(count: number): string {
  return count === 0 ? "none" : countText(count);
}

/** "145 sectors are touched by both", "1 492 only by A", "1 311 only by B". */
function sectorClauses(sectors: Diff["sectors"]): Clause[] {
  if (sectors === null) return [];
  const { onlyA, onlyB, both, classChanged } = sectors;
  if (onlyA + onlyB + both === 0) return [[plain("neither touches a sector")]];
  if (onlyA + onlyB === 0) {
    const how = classChanged === 0 ? "in the same way" : `${countText(classChanged)} of them in another way`;
    return [[plain(`both touch the same ${counted(both, "sector")}, ${how}`)]];
  }
  const shared = both === 0 ? "no sector is" : `${counted(both, "sector")} ${both === 1 ? "is" : "are"}`;
  const only = [onlyText(onlyA, "A"), onlyText(onlyB, "B")].filter((text) => text !== "");
  return [[plain(`${shared} touched by both, ${only.join(", ")}`)]];
}

function onlyText(sectors: number, side: string): string {
  return sectors === 0 ? "" : `${countText(sectors)} only by ${side}`;
}
