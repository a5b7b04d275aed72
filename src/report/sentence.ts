import type { MetricValues, Summary } from "../analysis/summary.ts";
import type { Op } from "../model/ops.ts";
import { bytesText, counted, countText } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import { metricOf } from "./metricOf.ts";
import { joinClauses, plain, type Segment, strong } from "./segments.ts";

type Clause = readonly Segment[];

interface Scene {
  readonly requests: MetricValues["requests"];
  readonly alignment: MetricValues["alignment"] | null;
  readonly footprint: MetricValues["footprint"] | null;
  readonly errors: MetricValues["errors"] | null;
  readonly distances: MetricValues["seekDistances"] | null;
}

/** Beyond this many sectors, a person would rather read MiB. */
const MOST_SECTORS_IN_WORDS = 512;
/** Discards, and not writes, are the story when they cover this many times the bytes. */
const DISCARDS_LEAD = 16;
/** A flush for this many writes, or fewer, is worth saying. */
const FLUSH_HEAVY_WRITES = 16;
const FEWEST_FLUSHES_WORTH_SAYING = 8;
/** Reads are worth a clause from this many for each write. */
const READS_WORTH_SAYING = 0.75;
const MOST_CLAUSES = 3;
/** Fewer requests show no pattern. */
const FEWEST_IN_A_PATTERN = 32;
const MOSTLY = 0.9;
/** Nearer than that, a disk answers from what it has just read, and a stride looks the same. */
const SCATTERED_BYTES = 1 << 20;

/** The lede: one sentence that says what the requests of a scope did to the disk. */
export function sentence(summary: Summary, scope: string): readonly Segment[] {
  const requests = metricOf(summary, scope, "requests");
  if (requests === null || requests.total === 0) return [strong("No request"), plain(" is in this part of the trace.")];
  const scene: Scene = {
    requests,
    alignment: metricOf(summary, scope, "alignment"),
    footprint: metricOf(summary, scope, "footprint"),
    errors: metricOf(summary, scope, "errors"),
    distances: metricOf(summary, scope, "seekDistances"),
  };
  const clauses = inOrder(scene).flatMap((clause) => clause(scene) ?? []);
  return joinClauses(clauses.slice(0, MOST_CLAUSES));
}

/** What failed first, then what changed the disk most, then what was only read. */
function inOrder(scene: Scene): readonly ((scene: Scene) => readonly Clause[])[] {
  const discardsLead = bytesOf(scene, "discard") >= DISCARDS_LEAD * Math.max(1, bytesOf(scene, "write"));
  const changes = discardsLead ? [discards, writes, zeroes] : [writes, zeroes, discards];
  return [failures, ...changes, erasures, zones, reads, flushesAlone, others];
}

function failures({ requests, errors }: Scene): readonly Clause[] {
  if (errors === null || errors.total === 0) return [];
  return [[strong(`${countText(errors.total)} of ${counted(requests.total, "request")} failed`)]];
}

function writes(scene: Scene): readonly Clause[] {
  const count = countOf(scene, "write");
  if (count === 0) return [];
  const how = alignmentWords(scene, "write");
  const flushes = flushTail(scene, count);
  const isKey = flushes.length === 0 || (scene.alignment?.byOp.write?.unaligned ?? 0) > 0;
  return [
    [
      plain(patterned(scene, "write", count)),
      ...(how === null ? [] : [plain(", "), { text: how, strong: isKey }, plain(",")]),
      plain(` ${touched(scene, count)}`),
      ...flushes,
    ],
  ];
}

/** "400 writes in order", "400 scattered writes", or "400 writes" where they are neither. */
function patterned({ distances }: Scene, op: "read" | "write", count: number): string {
  const ofOp = distances?.byOp[op];
  if (ofOp === undefined || ofOp.count < FEWEST_IN_A_PATTERN) return counted(count, op);
  if (ofOp.sequential >= MOSTLY * ofOp.count) return `${counted(count, op)} in order`;
  const isScattered = ofOp.sequential <= (1 - MOSTLY) * ofOp.count && ofOp.p50AbsoluteBytes >= SCATTERED_BYTES;
  return isScattered ? counted(count, `scattered ${op}`) : counted(count, op);
}

function flushTail(scene: Scene, writeCount: number): Clause {
  const flushes = flushCount(scene);
  if (flushes < FEWEST_FLUSHES_WORTH_SAYING || writeCount > FLUSH_HEAVY_WRITES * flushes) return [];
  if (writeCount < flushes) return [plain(", with "), strong(counted(flushes, "flush", "flushes"))];
  const every = (writeCount / flushes).toFixed(1).replace(/\.0$/, "");
  return [plain(", with "), strong(every === "1" ? "a flush for every write" : `a flush for every ${every} writes`)];
}

function touched({ requests, footprint }: Scene, writeCount: number): string {
  const [verb, verbs] = footprint === null ? ["carry", "carries"] : ["touch", "touches"];
  const amount =
    footprint === null ? bytesText(requests.byOp.write?.bytes ?? 0) : extent(footprint.distinctWrittenBytes, footprint);
  return `${writeCount === 1 ? verbs : verb} ${amount}`;
}

function extent(bytes: number, { exact }: MetricValues["footprint"]): string {
  const sectors = bytes / SECTOR_BYTES;
  if (exact && sectors <= MOST_SECTORS_IN_WORDS) return counted(sectors, "sector");
  return exact ? bytesText(bytes) : `about ${bytesText(bytes)}`;
}

function alignmentWords({ alignment, requests }: Scene, op: Op): string | null {
  const split = alignment?.byOp[op];
  if (split === undefined) return null;
  const count = requests.byOp[op]?.count ?? 0;
  if (split.unaligned > 0 && split.aligned > 0) return `${countText(split.unaligned)} of them unaligned to 4 KiB`;
  const all = count === 1 ? "" : count === 2 ? "both " : "all ";
  return `${all}${split.unaligned > 0 ? "unaligned" : "aligned"} to 4 KiB`;
}

function zeroes(scene: Scene): readonly Clause[] {
  return deed(scene, "writeZeroes", ["write-zeroes", "write-zeroes"], ["clears", "clear"]);
}

function discards(scene: Scene): readonly Clause[] {
  return deed(scene, "discard", ["discard", "discards"], ["frees", "free"]);
}

function erasures(scene: Scene): readonly Clause[] {
  return deed(scene, "secureErase", ["secure erase", "secure erases"], ["wipes", "wipe"]);
}

function zones(scene: Scene): readonly Clause[] {
  const resets = countOf(scene, "zoneReset") + countOf(scene, "zoneOther");
  return [
    ...deed(scene, "zoneAppend", ["zone append", "zone appends"], ["adds", "add"]),
    ...(resets === 0 ? [] : [[plain(counted(resets, "zone command"))]]),
  ];
}

type Forms = readonly [one: string, many: string];

function deed(scene: Scene, op: Op, noun: Forms, verb: Forms): readonly Clause[] {
  const count = countOf(scene, op);
  if (count === 0) return [];
  const form = count === 1 ? 0 : 1;
  return [[strong(`${countText(count)} ${noun[form]} ${verb[form]} ${bytesText(bytesOf(scene, op))}`)]];
}

/** Reads are the story where nothing changed the disk, and worth a clause where there are about as many as writes. */
function reads(scene: Scene): readonly Clause[] {
  const count = countOf(scene, "read");
  if (count === 0) return [];
  const changed = changesOf(scene) > 0;
  if (changed && count < READS_WORTH_SAYING * countOf(scene, "write")) return [];
  const amount = `${count === 1 ? "fetches" : "fetch"} ${bytesText(bytesOf(scene, "read"))}`;
  if (changed) return [[plain(`${patterned(scene, "read", count)} ${amount}`)]];
  const how = (scene.alignment?.byOp.read?.unaligned ?? 0) > 0 ? alignmentWords(scene, "read") : null;
  const subject = `${patterned(scene, "read", count)}${how === null ? "" : `, ${how},`}`;
  return [[plain(`${subject} ${amount}`)], [strong("nothing is written")]];
}

function flushesAlone(scene: Scene): readonly Clause[] {
  const flushes = flushCount(scene);
  if (flushes === 0 || changesOf(scene) > 0 || countOf(scene, "read") > 0) return [];
  return [[plain(counted(flushes, "flush", "flushes")), strong(", and no data moves")]];
}

function others(scene: Scene): readonly Clause[] {
  const count = countOf(scene, "other");
  return count === 0 ? [] : [[plain(counted(count, "other request"))]];
}

const CHANGES = ["write", "writeZeroes", "discard", "secureErase", "zoneAppend", "zoneReset", "zoneOther"] as const;

function changesOf(scene: Scene): number {
  return CHANGES.reduce((sum, op) => sum + countOf(scene, op), 0);
}

function flushCount({ requests }: Scene): number {
  return requests.byOp.flush?.count ?? requests.flushesRequested ?? 0;
}

function countOf({ requests }: Scene, op: Op): number {
  return requests.byOp[op]?.count ?? 0;
}

function bytesOf({ requests }: Scene, op: Op): number {
  return requests.byOp[op]?.bytes ?? 0;
}
