import type { Chunk, Span } from "../../model/batch.ts";
import { withMoreRoom } from "../kernels/moreRoom.ts";
import { divideBySpan } from "./divide.ts";
import type { Part } from "./part.ts";
import { heaviest, MOST_OWN, type Plan } from "./plan.ts";
import { FAMILIES, type Family, type Scope, type StartScope } from "./scope.ts";
import { OTHER_SPANS, spanScopeId } from "./scopeIds.ts";
import { rowSegments, type Segments, timeSegments } from "./segments.ts";

/** The scopes of marked spans, as long as a trace goes by. */
export class SpanScopes {
  readonly #plan: Plan["spans"];
  readonly #heavyId: string | undefined;
  readonly #start: StartScope;
  /** By span index: the scope that takes its requests, beside `marked`. */
  readonly #scopeOf: Scope[] = [];
  readonly #own = new Map<number, Scope>();
  #other: Scope | null = null;
  #marked: Scope | null = null;
  #bytes: Float64Array = new Float64Array(16);
  #rowPlaces = new Float64Array(0);

  /** @param heavyId the id of a scope that shall have heavy metrics, whatever its kind. */
  constructor(plan: Plan["spans"], heavyId: string | undefined, start: StartScope) {
    this.#plan = plan;
    this.#heavyId = heavyId;
    this.#start = start;
  }

  get scopes(): readonly Scope[] {
    return [this.#marked, ...this.#own.values(), this.#other].filter((scope) => scope !== null);
  }

  /** All spans together; null where there is none. */
  get marked(): Scope | null {
    return this.#marked;
  }

  get own(): ReadonlyMap<number, Scope> {
    return this.#own;
  }

  get other(): Scope | null {
    return this.#other;
  }

  /** Starts the scopes of spans not seen before, counts, and gives each scope its rows of those chosen. */
  take(chunk: Chunk, chosen: Record<Family, Part>): void {
    const { spans } = chunk;
    for (let s = this.#scopeOf.length; s < spans.length; s++) this.#meet(s, spans[s]!);
    if (spans.length === 0) return;
    this.#count(chunk, chosen.requests);
    for (const scope of this.scopes) for (const family of FAMILIES) scope.parts[family].count = 0;
    const takersOf = (span: number): readonly Scope[] => [this.#marked!, this.#scopeOf[span]!];
    const byRow = rowSegments(spans, takersOf);
    const byTime = timeSegments(spans, takersOf);
    divideBySpan(this.#rowsOf(chunk), chosen.requests, partsOf(byRow, "requests"));
    divideBySpan(chunk.completions.row, chosen.completions, partsOf(byRow, "completions"));
    divideBySpan(chunk.bios.row, chosen.bios, partsOf(byRow, "bios"));
    divideBySpan(chunk.events.timeNs, chosen.events, partsOf(byTime, "events"));
  }

  #meet(index: number, { name }: Span): void {
    this.#marked ??= this.#start("marked", true);
    const isOwn = this.#plan === null ? index < MOST_OWN : this.#plan.has(index);
    if (isOwn) {
      const scope = this.#start("span", spanScopeId(index, name) === this.#heavyId);
      this.#own.set(index, scope);
      this.#scopeOf.push(scope);
    } else {
      this.#other ??= this.#start("other", this.#heavyId === OTHER_SPANS);
      this.#scopeOf.push(this.#other);
    }
  }

  #rowsOf({ requests: { firstRow, length } }: Chunk): Float64Array {
    if (this.#rowPlaces.length < length) this.#rowPlaces = new Float64Array(length);
    for (let i = 0; i < length; i++) this.#rowPlaces[i] = firstRow + i;
    return this.#rowPlaces;
  }

  /** Adds the bytes of each span's requests, from the running total of the chunk. */
  #count({ spans, requests: { firstRow, length, lengthBytes } }: Chunk, { index, count }: Part): void {
    if (this.#plan !== null) return;
    this.#bytes = withMoreRoom(this.#bytes, spans.length);
    const upTo = runningTotal(lengthBytes, index, count, length);
    const clamp = (row: number): number => Math.min(Math.max(row - firstRow, 0), length);
    for (const [s, { fromRow, toRow }] of spans.entries())
      if (toRow > fromRow) this.#bytes[s]! += upTo[clamp(toRow)]! - upTo[clamp(fromRow)]!;
  }

  /** The spans that should have scopes of their own. */
  wanted(): Set<number> {
    return heaviest([...this.#scopeOf.keys()], (span) => this.#bytes[span]!);
  }

  fits(wanted: ReadonlySet<number>): boolean {
    return [...this.#own.keys()].every((span) => wanted.has(span));
  }
}

function partsOf({ edges, takers }: Segments<Scope>, family: Family): Segments<Part> {
  return { edges, takers: takers.map((scopes) => scopes.map(({ parts }) => parts[family])) };
}

/** At i the sum of the chosen values before position i. */
function runningTotal(values: Float64Array, index: Uint32Array, count: number, length: number): Float64Array {
  const upTo = new Float64Array(length + 1);
  for (let k = 0; k < count; k++) upTo[index[k]! + 1] = values[index[k]!]!;
  for (let i = 0; i < length; i++) upTo[i + 1]! += upTo[i]!;
  return upTo;
}
