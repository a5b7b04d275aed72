/*
 * The Parquet files of `blkreport convert`: one row is one request, in issue order. Times are nanoseconds from the first
 * request of the trace that was recorded; null is "not recorded". What belongs to no request stands in the metadata.
 */

/** Each column with its physical type, in the file's order. */
export const COLUMNS = [
  /** One of the words of src/model/ops.ts. */
  { name: "op", type: "STRING", nullable: false },
  { name: "offset_bytes", type: "INT64", nullable: false },
  { name: "length_bytes", type: "INT64", nullable: false },
  { name: "issue_ns", type: "INT64", nullable: true },
  /** When the first of its bios was queued (Q), it was allocated (G) and went into the scheduler (I). */
  { name: "queue_ns", type: "INT64", nullable: true },
  { name: "get_request_ns", type: "INT64", nullable: true },
  { name: "insert_ns", type: "INT64", nullable: true },
  /** Where that is not issue_ns, what complete_ns counts from: it was requeued, or the trace's clock went back. */
  { name: "last_issue_ns", type: "INT64", nullable: true },
  { name: "complete_ns", type: "INT64", nullable: true },
  /** Whether its completion was seen: that may be so where its time is unknown. */
  { name: "is_complete", type: "BOOLEAN", nullable: true },
  /** Errno as a positive number; 0 is success. */
  { name: "error", type: "INT32", nullable: true },
  { name: "device", type: "STRING", nullable: false },
  { name: "process", type: "STRING", nullable: true },
  { name: "pid", type: "INT64", nullable: true },
  { name: "cpu", type: "INT32", nullable: true },
  /** Words joined by "|": fua, sync, meta, readAhead, preflush; empty is none of them. */
  { name: "flags", type: "STRING", nullable: true },
  /** Bios merged into it, not counting the one that made it. */
  { name: "merged_bios", type: "INT64", nullable: true },
] as const satisfies readonly Column[];

interface Column {
  readonly name: string;
  readonly type: "STRING" | "INT64" | "INT32" | "BOOLEAN";
  readonly nullable: boolean;
}

export type ColumnName = (typeof COLUMNS)[number]["name"];
