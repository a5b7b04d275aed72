import type { Facts } from "../../formats/parquet/facts.ts";
import { OP_CODE } from "../../model/ops.ts";
import { QtraceDetector } from "../../model/qtrace.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import type { Rows } from "../rows.ts";
import type { Source } from "../source.ts";

/** Finds where the spans and messages of a trace lie among the rows of a file that has only some of its requests. */
export class FileMarks {
  readonly #source: Source;
  /** The trace's rows at which something begins, ends or was said, ascending, and the file's rows they became. */
  readonly #traceRows: Float64Array;
  readonly #fileRows: number[] = [];
  /** The file's rows behind a qtrace pattern that switches a span on: a reader will find those itself. */
  readonly #switchedOn = new Set<number>();
  readonly #detectors = new Map<number, QtraceDetector>();
  #passed = 0;

  constructor(source: Source) {
    this.#source = source;
    const places = [
      ...source.spans.flatMap(({ fromRow, toRow }) => [fromRow, toRow]),
      ...source.messages.map(({ row }) => row),
    ];
    this.#traceRows = Float64Array.from(new Set(places)).sort();
  }

  /** Takes the next rows of the file. */
  pass({ length, row, op, device, offsetBytes, lengthBytes, issueNs }: Rows): void {
    const places = this.#traceRows;
    for (let i = 0; i < length; i++) {
      while (this.#fileRows.length < places.length && places[this.#fileRows.length]! <= row[i]!)
        this.#fileRows.push(this.#passed + i);
      if (lengthBytes[i] !== SECTOR_BYTES || op[i] !== OP_CODE.read) continue;
      const match = this.#detectorOf(device[i]!).sectorRead(offsetBytes[i]!, this.#passed + i, issueNs[i]!);
      if (match?.switch === "on") this.#switchedOn.add(this.#passed + i + 1);
    }
    this.#passed += length;
  }

  /** Once all rows are passed: the marks at the file's rows. */
  placed(): Pick<Facts, "spans" | "messages"> {
    const fileRow = new Map([...this.#traceRows].map((row, k) => [row, this.#fileRows[k] ?? this.#passed]));
    const { spans, messages } = this.#source;
    return {
      spans: spans.map(({ name, source, fromRow, toRow, fromNs, toNs }) => {
        const from = fileRow.get(fromRow)!;
        const isFound = source === "qtrace" && this.#switchedOn.has(from);
        const rows = { fromRow: from, toRow: fileRow.get(toRow)! };
        return { name, source: isFound ? source : "message", ...rows, fromNs, toNs: Number.isNaN(toNs) ? null : toNs };
      }),
      messages: messages.map((message) => ({ ...message, row: fileRow.get(message.row)! })),
    };
  }

  #detectorOf(device: number): QtraceDetector {
    let detector = this.#detectors.get(device);
    if (detector === undefined) {
      detector = new QtraceDetector();
      this.#detectors.set(device, detector);
    }
    return detector;
  }
}
