import type { Processes } from "../analysis/metrics/processes.ts";
import { allOf, bytesText, counted, sentence } from "../model/quantities.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { type BarRow, barTable } from "./kit/barTable.ts";
import { figureOf } from "./kit/metricValue.ts";
import { table } from "./kit/table.ts";
import { shareOfNamed } from "./kit/words.ts";

type Share = Omit<Processes["others"], "names">;

/** Who issued the requests: a table with bars. */
export const processes: Chart = {
  id: "processes",
  title: "Which processes caused it?",
  label: "Processes",
  metrics: ["processes"],
  figure: (summary, scope) => figureOf(summary, scope, "processes", processesFigure),
};

function processesFigure(value: Processes): Figure | null {
  if (value.processes.length === 0) return null;
  const answer = answerOf(value);
  return {
    answer,
    alternativeText: `Table with bars: each process with the bytes that it read and wrote. ${answer}`,
    note: null,
    table: tableOf(value),
    draw: (layout) => draw(value, layout),
  };
}

function shares({ processes, others }: Processes): readonly Share[] {
  return [...processes, others];
}

function answerOf(value: Processes): string {
  const requests = shares(value).reduce((sum, share) => sum + share.requests, 0);
  const names = value.processes.length + value.others.names;
  const [first] = value.processes;
  const { name, readBytes, writtenBytes } = first!;
  const moved = `reads ${bytesText(readBytes)} and writes ${bytesText(writtenBytes)}`;
  if (names === 1)
    return `${sentence(allOf(requests, "request"))} ${requests === 1 ? "comes" : "come"} from ${shown(name)}: it ${moved}.`;
  return `${counted(names, "process", "processes")}: ${shown(name)} ${moved}, with ${shareOfNamed(first!.requests, requests, "requests")}.`;
}

/** A process without a name still has a row. */
function shown(name: string): string {
  return name === "" ? "(no name)" : name;
}

function tableOf({ processes, others }: Processes): DataTable {
  const row = (name: string, pids: string, share: Share) => [
    name,
    pids,
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
      ["process", "process", "text"],
      ["pids", "pids", "text"],
      ["requests", "requests", "count"],
      ["reads", "reads", "count"],
      ["writes", "writes", "count"],
      ["readBytes", "read", "bytes"],
      ["writtenBytes", "written", "bytes"],
      ["flushes", "flushes", "count"],
      ["discards", "discards", "count"],
    ],
    [
      ...processes.map((named) => row(shown(named.name), named.pids.join(" "), named)),
      ...(others.names > 0 ? [row(counted(others.names, "other"), "", others)] : []),
    ],
  );
}

const MOST_ROWS = 8;

function draw({ processes, others }: Processes, layout: Layout): Drawing {
  const rest = processes.slice(MOST_ROWS);
  const unnamed = rest.length + others.names;
  const rows = [
    ...processes.slice(0, MOST_ROWS).map((named) => barRow(shown(named.name), named)),
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
