/** Makes event text of any length, the same every time: what programs print of the records of `blktraceBytes`. */
import { blktraceBytes } from "./generate.mjs";

const RECORD_WORDS = 12;
const WRITE = 2;
const FIO = "fio";
const EVENT_OF = { 1: "block_bio_queue", 4: "block_getrq", 7: "block_rq_issue", 8: "block_rq_complete" };
const [ISSUE, COMPLETE] = [7, 8];

/** One line for each record; none where `print` gives null. */
function printed(requests, seed, print) {
  const words = new Uint32Array(blktraceBytes(requests, seed).buffer);
  const lines = [];
  for (let at = 0; at + RECORD_WORDS <= words.length && words[at] !== 0; at += RECORD_WORDS) {
    const line = print({
      ns: words[at + 3] * 2 ** 32 + words[at + 2],
      sector: words[at + 4],
      bytes: words[at + 6],
      action: words[at + 7] & 0xffff,
      isWrite: ((words[at + 7] >>> 16) & WRITE) !== 0,
      pid: words[at + 8],
    });
    if (line !== null) lines.push(line);
  }
  return `${lines.join("\n")}\n`;
}

/** `12.345678901`, or with fewer decimals. */
function seconds(ns, decimals, zeroSecond = 0) {
  const fraction = Math.floor((ns % 1e9) / 10 ** (9 - decimals));
  return `${zeroSecond + Math.floor(ns / 1e9)}.${String(fraction).padStart(decimals, "0")}`;
}

/** What the kernel prints of an event. */
function payload({ action, isWrite, sector, bytes }, priority) {
  const op = isWrite ? "WS" : "R";
  const range = `${sector} + ${bytes / 512}`;
  if (action === ISSUE) return `8,0 ${op} ${bytes} () ${range}${priority} [${FIO}]`;
  if (action === COMPLETE) return `8,0 ${op} () ${range}${priority} [0]`;
  return `8,0 ${op} ${range} [${FIO}]`;
}

/** The kernel's file trace. */
export function ftraceText(requests, seed = 1) {
  const line = (record) => {
    const task = record.action === COMPLETE ? "<idle>-0  " : `${FIO}-${record.pid}`;
    const flags = record.action === COMPLETE ? "d.h1." : ".....";
    const time = seconds(record.ns, 6).padStart(12);
    return `${task.padStart(20)}     [000] ${flags} ${time}: ${EVENT_OF[record.action]}: ${payload(record, "")}`;
  };
  return printed(requests, seed, line);
}

/** The text of `perf script --ns`. */
export function perfText(requests, seed = 1) {
  const line = (record) => {
    const task = record.action === COMPLETE ? "swapper     0" : `${FIO}  ${record.pid}`;
    const event = `block:${EVENT_OF[record.action]}:`.padStart(28);
    return `${task.padStart(22)} [000] ${seconds(record.ns, 9).padStart(15)}: ${event} ${payload(record, " 0x2,0,4")}`;
  };
  return printed(requests, seed, line);
}

/** A log of the script for bpftrace. */
export function bpftraceText(requests, seed = 1) {
  return printed(requests, seed, ({ ns, sector, bytes, action, isWrite, pid }) => {
    if (action !== ISSUE && action !== COMPLETE) return null;
    const isIssue = action === ISSUE;
    return `${ns} ${isIssue ? "D" : "C"} sda ${isWrite ? "8801" : "0"} ${sector} ${bytes} ${isIssue ? `${FIO} ${pid}` : "err=0"}`;
  });
}

/** A log of qemu's block layer with time stamps. */
export function qemuLogText(requests, seed = 1) {
  return printed(requests, seed, ({ ns, sector, bytes, action, isWrite }) => {
    if (action !== ISSUE) return null;
    const name = isWrite ? "blk_co_pwritev" : "blk_co_preadv";
    const stamp = `3182@${seconds(ns, 6, 1_795_385_099)}`;
    return `${stamp}:${name} blk 0x55d005a29e40 bs 0x55d005a3d650 offset ${sector * 512} bytes ${bytes} flags 0x0`;
  });
}
