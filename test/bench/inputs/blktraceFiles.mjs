import { join } from "node:path";
import { openFile } from "./fileWriter.mjs";
import { CPUS } from "./workload.mjs";

const MAGIC = 0x65617407;
const DEVICE = 8 << 20;
const NOTIFY = 0x400;
const [PROCESS, TIMESTAMP] = [0, 1];
const HEADER_BYTES = 48;
const START_UNIX_S = 1_790_000_000;

/** The set of files that blktrace writes for the disk sda, one a CPU: each process is named before its first event. */
export function blktraceFiles(folder) {
  const files = Array.from({ length: CPUS }, (_, cpu) => openFile(join(folder, `sda.blktrace.${cpu}`)));
  const named = new Set();
  return {
    take({ ns, cpu, sequence, action, categories, sector, bytes, pid, name, count }) {
      if (named.size === 0) notify(files[cpu], ns, cpu, TIMESTAMP, 0, seconds());
      if (!named.has(pid)) notify(files[cpu], ns, cpu, PROCESS, pid, processName(name));
      named.add(pid);
      const payload = count > 0 ? 8 : 0;
      const record = { ns, cpu, sequence, action, categories, sector, bytes, pid, payload };
      const at = header(files[cpu], record);
      if (payload > 0) files[cpu].buffer.writeBigUInt64BE(BigInt(count), at + HEADER_BYTES);
    },
    /** Gives the bytes of all files. */
    close: () => files.reduce((sum, file) => sum + file.close(), 0),
  };
}

function header({ buffer, room }, { ns, cpu, sequence, action, categories, sector, bytes, pid, payload }) {
  const at = room(HEADER_BYTES + payload);
  buffer.writeUInt32LE(MAGIC, at);
  buffer.writeUInt32LE(sequence, at + 4);
  buffer.writeUInt32LE(ns % 2 ** 32, at + 8);
  buffer.writeUInt32LE(Math.floor(ns / 2 ** 32), at + 12);
  buffer.writeUInt32LE(sector, at + 16);
  buffer.writeUInt32LE(0, at + 20);
  buffer.writeUInt32LE(bytes, at + 24);
  buffer.writeUInt32LE((action | (categories << 16)) >>> 0, at + 28);
  buffer.writeUInt32LE(pid, at + 32);
  buffer.writeUInt32LE(DEVICE, at + 36);
  buffer.writeUInt32LE(cpu, at + 40);
  buffer.writeUInt16LE(0, at + 44);
  buffer.writeUInt16LE(payload, at + 46);
  return at;
}

/** What the kernel says beside the events: without a number in their sequence. */
function notify(file, ns, cpu, action, pid, content) {
  const record = {
    ns,
    cpu,
    sequence: 0,
    action,
    categories: NOTIFY,
    sector: 0,
    bytes: 0,
    pid,
    payload: content.length,
  };
  content.copy(file.buffer, header(file, record) + HEADER_BYTES);
}

function processName(name) {
  const bytes = Buffer.alloc(16);
  bytes.latin1Write(name, 0, 15);
  return bytes;
}

function seconds() {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(START_UNIX_S, 0);
  return bytes;
}
