import type { Span } from "../../src/model/batch.ts";
import type { PlainTrace } from "./inputs.ts";
import type { Happening, SlowBio, SlowTrace } from "./slowTrace.ts";

/** A trace that was read, as one of plain objects: what the slow reference counts. */
export function slowTraceOf({ requests, completions, bios, events, end }: PlainTrace): SlowTrace {
  const biosOf = new Map<number, SlowBio[]>();
  for (const { row, lengthBytes, queueNs, ...bio } of bios) {
    const marks = { getRequestNs: known(bio.getRequestNs), insertNs: known(bio.insertNs), mergeNs: known(bio.mergeNs) };
    const issueNs = known(bio.issueNs);
    biosOf.set(row, [...(biosOf.get(row) ?? []), { lengthBytes, queueNs, issueNs, ...marks }]);
  }
  const issues = requests.flatMap((request): Happening[] => [
    ...marksBefore(end.spans, request.row),
    { what: "issue", issue: { ...request, queueNs: known(request.queueNs) } },
  ]);
  const ends = completions.map(({ row, issueNs, completeNs, error, ...request }): Happening => {
    const marks = { getRequestNs: known(request.getRequestNs), insertNs: known(request.insertNs) };
    return {
      what: "completion",
      completion: { row, issueNs, completeNs, error, ...marks, bios: biosOf.get(row) ?? [] },
    };
  });
  const others = events.map((event): Happening => ({ what: "event", event }));
  return {
    devices: end.devices,
    processes: end.processes.map(({ name }) => name),
    recorded: end.recorded,
    history: [...issues, ...marksBefore(end.spans, requests.length), ...ends, ...others],
  };
}

function known(ns: number): number | null {
  return Number.isNaN(ns) ? null : ns;
}

/** The spans that end, and those that begin, before a row. */
function marksBefore(spans: readonly Span[], row: number): Happening[] {
  const begins = ({ name, fromNs }: Span): Happening => ({ what: "begin", span: name, timeNs: fromNs });
  const ends = ({ name, toNs }: Span): Happening => {
    const isOpen = Number.isNaN(toNs);
    return { what: "end", span: name, timeNs: isOpen ? Number.POSITIVE_INFINITY : toNs };
  };
  return [
    ...spans.filter(({ fromRow, toRow }) => toRow === row && fromRow < row).map(ends),
    ...spans
      .filter(({ fromRow }) => fromRow === row)
      .flatMap((span) => (span.toRow === row ? [begins(span), ends(span)] : [begins(span)])),
  ];
}
