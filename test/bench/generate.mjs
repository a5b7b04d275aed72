/** Makes traces of any length, the same ones every time: a seeded generator, so that figures can be compared. */

/** A 32-bit xorshift: small, fast and the same everywhere. */
export function random(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const QUEUE = 0x10;
const ISSUE = 0x40;
const COMPLETE = 0x80;
const ACTION = { q: 1, g: 4, d: 7, c: 8 };
const READ = 1;
const WRITE = 2;

/** blktrace version 7: Q, G, D and C of each request, all on one CPU; gives the bytes of one file. */
export function blktraceBytes(requests, seed = 1) {
  const next = random(seed);
  const words = new Uint32Array(requests * 4 * 12);
  let at = 0;
  let sequence = 0;
  const record = (timeNs, sector, bytes, action, category) => {
    words[at] = 0x65617407;
    words[at + 1] = ++sequence;
    words[at + 2] = timeNs % 2 ** 32;
    words[at + 3] = Math.floor(timeNs / 2 ** 32);
    words[at + 4] = sector;
    words[at + 6] = bytes;
    words[at + 7] = action | (category << 16);
    words[at + 8] = 100 + (sequence % 7);
    words[at + 9] = (8 << 20) | 0;
    at += 12;
  };
  let timeNs = 1e9;
  let sequential = 0;
  const open = [];
  for (let i = 0; i < requests; i++) {
    timeNs += 2000 + Math.floor(next() * 20000);
    const direction = next() < 0.6 ? READ : WRITE;
    const bytes = 4096 << Math.floor(next() * 4);
    const sector = next() < 0.3 ? sequential : Math.floor(next() * 2 ** 24) * 8;
    sequential = sector + bytes / 512;
    record(timeNs, sector, bytes, ACTION.q, QUEUE | direction);
    record(timeNs + 300, sector, bytes, ACTION.g, QUEUE | direction);
    record(timeNs + 900, sector, bytes, ACTION.d, ISSUE | direction);
    open.push([sector, bytes, direction]);
    if (open.length > 16 || i === requests - 1)
      for (const [s, b, d] of open.splice(0, i === requests - 1 ? open.length : 1))
        record(timeNs + 1500, s, b, ACTION.c, COMPLETE | d);
  }
  return new Uint8Array(words.buffer, 0, at * 4);
}

const LETTER = { [ACTION.q]: "Q", [ACTION.g]: "G", [ACTION.d]: "D", [ACTION.c]: "C" };

/** What a program prints of the records of blktraceBytes: `head` gives what stands before the action. */
function printed(requests, seed, head) {
  const words = new Uint32Array(blktraceBytes(requests, seed).buffer);
  const lines = [];
  for (let at = 0; at + 12 <= words.length && words[at] !== 0; at += 12) {
    const ns = words[at + 3] * 2 ** 32 + words[at + 2];
    const letter = LETTER[words[at + 7] & 0xffff];
    const rwbs = (words[at + 7] >>> 16) & READ ? "R" : "W";
    const tail = letter === "C" ? "[0]" : "[fio]";
    const before = head({ ns, sequence: words[at + 1], pid: words[at + 8] });
    lines.push(`${before}  ${letter}   ${rwbs} ${words[at + 4]} + ${words[at + 6] / 512} ${tail}`);
  }
  return `${lines.join("\n")}\n`;
}

/** The text of blkparse. */
export function blkparseText(requests, seed = 1) {
  return printed(requests, seed, ({ ns, sequence, pid }) => {
    const seconds = String(Math.floor(ns / 1e9)).padStart(5);
    return `  8,0    0 ${String(sequence).padStart(8)} ${seconds}.${String(ns % 1e9).padStart(9, "0")} ${String(pid).padStart(5)}`;
  });
}

/** The text of the kernel's tracer blk. */
export function blkTracerText(requests, seed = 1) {
  return printed(requests, seed, ({ ns, pid }) => {
    const us = Math.floor(ns / 1000);
    const seconds = String(Math.floor(us / 1e6)).padStart(5);
    return `             fio-${pid}     [000] d..1. ${seconds}.${String(us % 1e6).padStart(6, "0")}:   8,0   `;
  });
}

/** A .qtr of so many requests. */
export function qtrText(requests, seed = 1) {
  const next = random(seed);
  const lines = [`S ${2 ** 28}`];
  for (let i = 0; i < requests; i++)
    lines.push(`${next() < 0.5 ? "R" : "W"} ${Math.floor(next() * 2 ** 25) * 8} ${8 << Math.floor(next() * 5)}`);
  return `${lines.join("\n")}\n`;
}

/** A log of nbdkit's log filter with so many requests, each answered before the next. */
export function nbdkitText(requests, seed = 1) {
  const next = random(seed);
  const stamp = (i) => {
    const us = i * 37;
    return `2026-11-22 21:${String(10 + (Math.floor(us / 60e6) % 50)).padStart(2, "0")}:${String(Math.floor(us / 1e6) % 60).padStart(2, "0")}.${String(us % 1e6).padStart(6, "0")}`;
  };
  const lines = [
    `${stamp(0)} connection=1 Connect export="" tls=0 size=0x${(2 ** 37).toString(16)} write=1 flush=1 rotational=0 trim=1 zero=2 fua=2 extents=1 cache=2 fast_zero=0`,
  ];
  for (let i = 1; i <= requests; i++) {
    const name = next() < 0.5 ? "Read" : "Write";
    const range = `offset=0x${(Math.floor(next() * 2 ** 24) * 4096).toString(16)} count=0x${(4096 << Math.floor(next() * 4)).toString(16)}`;
    lines.push(`${stamp(2 * i)} connection=1 ${name} id=${i} ${range}${name === "Write" ? " fua=0" : ""} ...`);
    lines.push(`${stamp(2 * i + 1)} connection=1 ...${name} id=${i} return=0`);
  }
  return `${lines.join("\n")}\n`;
}
