import { SEQUENCE_COLUMNS, type Summary } from "../analysis/summary.ts";
import { TraceError } from "../model/errors.ts";
import { OPS } from "../model/ops.ts";

const {
  op: OP,
  device: DEVICE,
  process: PROCESS,
} = Object.fromEntries(SEQUENCE_COLUMNS.map((column, index) => [column, index])) as Record<
  (typeof SEQUENCE_COLUMNS)[number],
  number
>;

/** Throws where a Summary that meets its schema names a scope, device, process or op that it does not have. */
export function assertReferences(summary: Summary, file: string): void {
  const wrong = wrongScope(summary) ?? wrongDevice(summary) ?? wrongRequest(summary);
  if (wrong === null) return;
  throw new TraceError({ file }, wrong.verb, wrong.what, "make the summary again from its trace");
}

interface Wrong {
  readonly verb: "missing" | "invalid";
  readonly what: string;
}

function wrongScope({ defaultScope, scopeList, scopes }: Summary): Wrong | null {
  const listed = scopeList.map(({ id }) => id);
  const absent = [defaultScope, ...listed].find((id) => !Object.hasOwn(scopes, id) || !listed.includes(id));
  if (absent !== undefined) return { verb: "missing", what: `scope "${absent}"` };
  const twice = listed.find((id, index) => listed.indexOf(id) !== index);
  return twice === undefined ? null : { verb: "invalid", what: `second scope "${twice}"` };
}

function wrongDevice({ trace, scopeList, scopes, slowest }: Summary): Wrong | null {
  const named = [
    ...scopeList.flatMap(({ devices }) => devices),
    ...trace.seenPartitions.map(({ device }) => device),
    ...slowest.map(({ device }) => device),
    ...(trace.layout?.bands ?? []).map(({ device }) => device),
    ...Object.values(scopes).flatMap(({ btt }) => (btt?.ok ? btt.value.byDevice.map(({ device }) => device) : [])),
  ];
  const absent = named.find((index) => index >= trace.devices.length);
  return absent === undefined ? null : { verb: "missing", what: `device ${absent} of ${trace.devices.length}` };
}

function wrongRequest({ trace, sequence }: Summary): Wrong | null {
  if (sequence.columns.some((column, index) => column !== SEQUENCE_COLUMNS[index]))
    return { verb: "invalid", what: `columns of the sequence ${sequence.columns.join(", ")}` };
  const row = sequence.requests.findIndex(
    (cells) =>
      !isIndex(cells[OP], OPS.length) ||
      !isIndex(cells[DEVICE], trace.devices.length) ||
      (cells[PROCESS] !== null && !isIndex(cells[PROCESS], sequence.processes.length)),
  );
  return row < 0 ? null : { verb: "invalid", what: `request ${row} of the sequence` };
}

function isIndex(value: number | null | undefined, length: number): boolean {
  return Number.isInteger(value) && value! >= 0 && value! < length;
}
