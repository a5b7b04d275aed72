import { allOf, bytesText, counted, sentence } from "../../model/quantities.ts";
import type { DataTable, Drawing, Figure, Layout } from "../chart.ts";
import { type BarRow, barTable } from "../kit/barTable.ts";
import { table } from "../kit/table.ts";
import { shareOfNamed } from "../kit/words.ts";

interface Share {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly flushes: number;
  readonly discards: number;
}

/** Who requests are put down to: processes or cgroups, each with what it issued. */
export interface Issuers {
  readonly singular: string;
  readonly plural: string;
  /** The column of what tells those of one name apart. */
  readonly keys: string;
  readonly named: readonly (Share & { readonly name: string; readonly keys: string })[];
  readonly others: Share & { readonly names: number };
}

/** A table with bars: each with the bytes that it read and wrote. */
export function issuersFigure(value: Issuers): Figure | null {
  if (value.named.length === 0) return null;
  const answer = answerOf(value);
  return {
    answer,
    alternativeText: `Table with bars: each ${value.singular} with the bytes that it read and wrote. ${answer}`,
    note: null,
    table: tableOf(value),
    draw: (layout) => draw(value, layout),
  };
}

/** What the trace's names have in the place of a request without one. */
const NOT_RECORDED = "not recorded";

function shares({ named, others }: Issuers): readonly Share[] {
  return [...named, others];
}

function answerOf(value: Issuers): string {
  const requests = shares(value).reduce((sum, share) => sum + share.requests, 0);
  const names = value.named.filter(({ name }) => name !== NOT_RECORDED).length + value.others.names;
  const first = value.named.find(({ name }) => name !== NOT_RECORDED) ?? value.named[0];
  const { name, readBytes, writtenBytes } = first!;
  const moved = `reads ${bytesText(readBytes)} and writes ${bytesText(writtenBytes)}`;
  if (names === 1 && value.named.length === 1)
    return `${sentence(allOf(requests, "request"))} ${requests === 1 ? "comes" : "come"} from ${shown(name)}: it ${moved}.`;
  return `${counted(names, value.singular, value.plural)}: ${shown(name)} ${moved}, with ${shareOfNamed(first!.requests, requests, "requests")}.`;
}

/** One without a name still has a row. */
function shown(name: string): string {
  return name === "" ? "(no name)" : name;
}

function tableOf({ named, others, singular, keys }: Issuers): DataTable {
  const row = (name: string, own: string, share: Share) => [
    name,
    own,
    share.requests,
    share.reads,
    share.writes,
    share.readBytes,
    share.writtenBytes,
    share.flushes,
    share.discards,
  ];
  return table(
    [
      [singular, singular, "text"],
      [keys, keys, "text"],
      ["requests", "requests", "count"],
      ["reads", "reads", "count"],
      ["writes", "writes", "count"],
      ["readBytes", "read", "bytes"],
      ["writtenBytes", "written", "bytes"],
      ["flushes", "flushes", "count"],
      ["discards", "discards", "count"],
    ],
    [
      ...named.map((one) => row(shown(one.name), one.keys, one)),
      ...(others.names > 0 ? [row(counted(others.names, "other"), "", others)] : []),
    ],
  );
}

const MOST_ROWS = 8;

function draw({ named, others }: Issuers, layout: Layout): Drawing {
  const rest = named.slice(MOST_ROWS);
  const unnamed = rest.length + others.names;
  const rows = [
    ...named.slice(0, MOST_ROWS).map((one) => barRow(shown(one.name), one)),
    ...(unnamed > 0 ? [barRow(counted(unnamed, "other"), together([...rest, others]))] : []),
  ];
  const columns = [
    { title: "Read", token: "read" },
    { title: "Written", token: "write" },
  ] as const;
  return barTable({ columns, rows, oneScale: true }, layout);
}

function together(parts: readonly Share[]): Pick<Share, "readBytes" | "writtenBytes"> {
  return {
    readBytes: parts.reduce((sum, { readBytes }) => sum + readBytes, 0),
    writtenBytes: parts.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0),
  };
}

function barRow(name: string, { readBytes, writtenBytes }: Pick<Share, "readBytes" | "writtenBytes">): BarRow {
  const text = (bytes: number) => (bytes === 0 ? "none" : bytesText(bytes));
  return {
    name,
    cells: [
      { value: readBytes, text: text(readBytes), token: "read" },
      { value: writtenBytes, text: text(writtenBytes), token: "write" },
    ],
  };
}
