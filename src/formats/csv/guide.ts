import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: "some",
  completion: "some",
  queue: "some",
  merges: false,
  process: "some",
  cpu: "some",
  flags: "some",
  flush: "some",
  discard: "some",
  writeZeroes: "some",
  error: "some",
  deviceSize: false,
};

export const guide: Guide = {
  about:
    "Any table with a request in each line and a header that names its columns and units, as `blkreport convert --to csv` writes it.",
  source: "https://www.rfc-editor.org/rfc/rfc4180",
  sample: `
op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error
read,1024,512,0,153000,,sda,mkfs,1,sync|meta,0
write,4096,4096,180000,512000,,sda,mkfs,0,,0`,
  record: [
    {
      what: "Make one of any trace that blkreport reads.",
      commands: `
blkreport convert trace.log --to csv > trace.csv`,
    },
    {
      what: "Say beside a table of your own what its header does not: columns, units, and what codes of ops mean.",
      commands: `
cat > traces/own.csv.json <<EOF
{
  "read": {
    "columns": { "offset": "start", "length": "blocks" },
    "units": { "time": "us", "offsetBytes": 512, "lengthBytes": 4096 },
    "ops": { "0": "write", "1": "read" }
  }
}
EOF`,
    },
    {
      what: "A table without a header needs its columns by number, from 1.",
      commands: `
cat > traces/k5.csv.json <<EOF
{
  "read": {
    "format": "csv",
    "columns": { "device": 1, "time": 2, "op": 3, "offset": 4, "length": 5 },
    "units": { "time": "s", "offsetBytes": 1, "lengthBytes": 1 }
  }
}
EOF`,
    },
  ],
  notes: [
    "Columns: time, op, offset, length, device, process, pid, cpu, flags, queue, completed, latency, error; op, offset and length have to be there.",
    "Units in names: time_us, latency_ms, offset_bytes, sector and nsectors (512 bytes), length_kib. A time with unix in its name counts from 1970.",
    "Ops are words (read, write, discard, trim, flush, writeZeroes …, R and W); codes are never guessed.",
    "Flags are fua, sync, meta, readAhead and preflush, joined by |. An empty field is not recorded.",
    "Lines may stand in any order within 65,536; they are read in order of time.",
    "A line break inside quotes is not read.",
  ],
};
