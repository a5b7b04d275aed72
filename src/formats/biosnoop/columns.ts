/** What a column holds. */
export const COLUMN = {
  time: 0,
  timeOfDay: 1,
  start: 2,
  end: 3,
  command: 4,
  pid: 5,
  device: 6,
  type: 7,
  sector: 8,
  bytes: 9,
  pattern: 10,
  queued: 11,
  latency: 12,
} as const;

const COLUMN_OF: ReadonlyMap<string, number> = new Map([
  ["TIME(s)", COLUMN.time],
  ["TIMESTAMP", COLUMN.timeOfDay],
  ["STARTs", COLUMN.start],
  ["ENDs", COLUMN.end],
  ["COMM", COLUMN.command],
  ["PID", COLUMN.pid],
  ["DISK", COLUMN.device],
  ["DEV", COLUMN.device],
  ["T", COLUMN.type],
  ["TYPE", COLUMN.type],
  ["SECTOR", COLUMN.sector],
  ["BLOCK", COLUMN.sector],
  ["BYTES", COLUMN.bytes],
  ["P", COLUMN.pattern],
  ["QUE(ms)", COLUMN.queued],
  ["LAT(ms)", COLUMN.latency],
  ["LATms", COLUMN.latency],
]);

const NEEDED = [COLUMN.pid, COLUMN.device, COLUMN.type, COLUMN.sector, COLUMN.bytes, COLUMN.latency] as const;
/** The types of bcc are one letter wide, those of the others four. */
const ONE_LETTER_WIDTH = 3;

/** The columns of a header line. */
export interface Header {
  readonly columns: Uint8Array;
  /** From the first letter of a command to the first digit of its pid. */
  readonly commandWidth: number;
  /** Whether the types are no more than R and W. */
  readonly typesAreLetters: boolean;
}

/** The header that the text is; undefined where it is none. */
export function headerOf(text: string): Header | undefined {
  const words = [...text.matchAll(/\S+/g)];
  const columns = words.map(([name]) => COLUMN_OF.get(name));
  if (columns.some((column) => column === undefined) || columns[columns.indexOf(COLUMN.pid) - 1] !== COLUMN.command)
    return undefined;
  if (!NEEDED.every((column) => columns.includes(column))) return undefined;
  const place = (column: number): number => words[columns.indexOf(column)]!.index;
  return {
    columns: Uint8Array.from(columns as number[]),
    commandWidth: place(COLUMN.pid) - place(COLUMN.command),
    typesAreLetters: place(COLUMN.sector) - place(COLUMN.type) <= ONE_LETTER_WIDTH,
  };
}
