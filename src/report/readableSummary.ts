import type { Summary, TraceInfo } from "../analysis/summary.ts";
import { readable } from "../model/readable.ts";

/** Names longer than any that a kernel knows fill pages; the trace keeps them whole. */
const MOST_OF_A_NAME = 200;
const MOST_OF_A_TEXT = 4000;

/** All but the findings of a Summary. */
type Evidence = Omit<Summary, "findings">;

/** What a trace says, as people may be shown it; what it is known by stays as it is. */
export function readableEvidence<E extends Evidence>(evidence: E): E {
  const { trace, quality, scopeList, scopes, sequence, slowest } = evidence;
  return {
    ...evidence,
    trace: readableTrace(trace),
    quality: readable(quality, MOST_OF_A_TEXT),
    scopeList: readable(scopeList, MOST_OF_A_NAME),
    scopes: readable(scopes, MOST_OF_A_NAME),
    slowest: slowest.map((request) => ({ ...request, target: readable(request.target, MOST_OF_A_TEXT) })),
    sequence: {
      ...sequence,
      processes: readable(sequence.processes, MOST_OF_A_NAME),
      targets: readable(sequence.targets, MOST_OF_A_TEXT),
    },
  };
}

/** A Summary that somebody else wrote. */
export function readableSummary(summary: Summary): Summary {
  return { ...readableEvidence(summary), findings: readable(summary.findings, MOST_OF_A_TEXT) };
}

function readableTrace(trace: TraceInfo): TraceInfo {
  const { slug, path, files, messages, description, command } = trace;
  return {
    ...readable(trace, MOST_OF_A_NAME),
    slug,
    path,
    files: readable(files, MOST_OF_A_TEXT),
    messages: readable(messages, MOST_OF_A_TEXT),
    description: readable(description, MOST_OF_A_TEXT),
    command: readable(command, MOST_OF_A_TEXT),
  };
}
