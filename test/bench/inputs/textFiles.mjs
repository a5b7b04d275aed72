import { openFile } from "./fileWriter.mjs";
import { ACTION, DISK_BYTES, IS } from "./workload.mjs";

const SECTOR = 512;
const LETTER = Object.fromEntries(Object.entries(ACTION).map(([letter, number]) => [number, letter]));

/** What `blkparse` prints of the events. */
export function blkparseFile(path) {
  const file = openFile(path);
  let startNs = null;
  return {
    take(event) {
      startNs ??= event.ns;
      file.text(blkparseLine(event, event.ns - startNs));
    },
    close: file.close,
  };
}

function blkparseLine({ cpu, sequence, action, categories, sector, bytes, pid, name, count }, ns) {
  const seconds = String(Math.floor(ns / 1e9)).padStart(5);
  const when = `${seconds}.${String(ns % 1e9).padStart(9, "0")}`;
  const head = `  8,0   ${String(cpu).padStart(2)} ${String(sequence).padStart(8)} ${when} ${String(pid).padStart(5)}`;
  const range = bytes > 0 ? `${sector} + ${bytes / SECTOR} ` : action === ACTION.C ? `${sector} ` : "";
  const tail = action === ACTION.C ? "[0]" : action === ACTION.U ? `[${name}] ${count}` : `[${name}]`;
  return `${head} ${LETTER[action].padStart(2)} ${flags(categories, bytes).padStart(3)} ${range}${tail}\n`;
}

/** The letters that blkparse gives: what it flushes before, what it is, how it is to be done. */
function flags(categories, bytes) {
  const before = categories & IS.flush ? "F" : "";
  const what = categories & IS.discard ? "D" : categories & IS.write ? "W" : bytes > 0 ? "R" : "N";
  const how = `${categories & IS.fua ? "F" : ""}${categories & IS.ahead ? "A" : ""}${categories & IS.sync ? "S" : ""}`;
  return before + what + how;
}

/** The reads and writes as qtrace has them, in order of their issue. */
export function qtrFile(path) {
  const file = openFile(path);
  file.text(`S ${DISK_BYTES / SECTOR}\n`);
  return {
    take({ action, categories, sector, bytes }) {
      if (action !== ACTION.D || bytes === 0 || categories & IS.discard) return;
      file.text(`${categories & IS.write ? "W" : "R"} ${sector} ${bytes / SECTOR}\n`);
    },
    close: file.close,
  };
}

/** The requests as nbdkit's log filter tells them, from their issue to their completion. */
export function nbdkitFile(path) {
  const file = openFile(path);
  let startNs = null;
  return {
    take(event) {
      const { ns, action, request } = event;
      if (startNs === null) file.text(nbdkitConnect(stamp(0)));
      startNs ??= ns;
      if (request === 0) return;
      const before = `${stamp(ns - startNs)} connection=1 `;
      const { name, text } = nbdkitRequest(event);
      const said = action === ACTION.D ? `${name} id=${request} ${text}...` : `...${name} id=${request} return=0`;
      file.text(`${before}${said}\n`);
    },
    close: file.close,
  };
}

function nbdkitConnect(stamp) {
  return `${stamp} connection=1 Connect export="" tls=0 size=0x${DISK_BYTES.toString(16)} write=1 flush=1 rotational=0 trim=1 zero=2 fua=2 extents=1 cache=2 fast_zero=0\n`;
}

function nbdkitRequest({ categories, sector, bytes }) {
  const range = `offset=0x${(sector * SECTOR).toString(16)} count=0x${bytes.toString(16)} `;
  const fua = `fua=${categories & IS.fua ? 1 : 0} `;
  if (bytes === 0) return { name: "Flush", text: "" };
  if (categories & IS.discard) return { name: "Trim", text: range + fua };
  return categories & IS.write ? { name: "Write", text: range + fua } : { name: "Read", text: range };
}

function stamp(ns) {
  const us = Math.floor(ns / 1000);
  const digits = (value, width) => String(value).padStart(width, "0");
  const time = [Math.floor(us / 3600e6) % 24, Math.floor(us / 60e6) % 60, Math.floor(us / 1e6) % 60];
  return `2026-11-22 ${time.map((part) => digits(part, 2)).join(":")}.${digits(us % 1e6, 6)}`;
}
