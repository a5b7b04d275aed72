import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: true,
  merges: true,
  process: true,
  cpu: true,
  flags: true,
  flush: true,
  discard: true,
  writeZeroes: true,
  error: true,
  deviceSize: true,
};

export const guide: Guide = {
  about:
    "Written by blkreport convert from any trace: one row a request, for pandas, DuckDB or Arrow, and for blkreport again.",
  source: "https://github.com/apache/parquet-format",
  sample: `
op     offset_bytes  length_bytes  issue_ns  complete_ns  device  process
write  1048576       4096          0         184000       vda     mkfs.ext4`,
  record: [
    {
      what: "Make one of any trace that blkreport reads.",
      commands: "blkreport convert disk.log --to parquet -o disk.parquet",
    },
    {
      what: "Ask it something.",
      commands: `duckdb -c "SELECT op, count(*), sum(length_bytes) FROM 'disk.parquet' GROUP BY op"`,
    },
    {
      what: "Make one of a table of your own: name the columns as above, or say in the side file which is which.",
      commands: `
{ "read": { "columns": { "time": "ts", "op": "kind", "offset": "lba", "length": "blocks" },
            "units": { "time": "us", "offsetBytes": 512, "lengthBytes": 512 },
            "ops": { "R": "read", "W": "write" } } }`,
    },
  ],
  notes: [
    "op, offset_bytes, length_bytes and issue_ns are needed; the others may be absent, and null is not recorded.",
    "Times are nanoseconds from the first request of the trace that was recorded; a column of type TIMESTAMP says its own unit.",
    "Rows are in issue order. Sizes of devices, wall-clock time, marked spans and messages stand in the file's metadata under blkreport.",
    "What is no request is not in it: requested flushes, passthrough commands and the bios of a request, and so btt's figures in bios.",
    "snappy or no compression within the file; a file compressed as a whole is read up to 256 MiB.",
  ],
};
