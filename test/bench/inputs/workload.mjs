/**
 * What a small machine asks of one disk: a database, a reader of long files, writeback, a journal with its flushes and
 * now and then discards. Events come in order of time, as the kernel records them, from a seed: the same every time.
 */
import { random } from "../generate.mjs";
import { Agenda } from "./agenda.mjs";

/** The kernel's numbers of actions (`enum blktrace_act`). */
export const ACTION = { Q: 1, M: 2, F: 3, G: 4, D: 7, C: 8, P: 9, U: 10, I: 12 };
/** The kernel's bits of categories (`enum blktrace_cat`). */
export const IS = {
  read: 1,
  write: 2,
  flush: 4,
  sync: 8,
  queue: 0x10,
  issue: 0x40,
  complete: 0x80,
  fs: 0x100,
  ahead: 0x800,
  discard: 0x2000,
  fua: 0x8000,
};

export const CPUS = 4;
const SECTOR = 512;
const KIB = 1024;
const DISK_SECTORS = 2 ** 28;
const START_NS = 40e9;
/** Where each kind of work has its place. */
const PLACE = { database: 2 ** 24, files: 2 ** 26, writeback: 2 ** 27, journal: 2 ** 20, free: 2 ** 27 + 2 ** 26 };

/**
 * Runs the work until about so many events were given to `take`, and what is open is complete.
 * An event has `ns`, `cpu`, `sequence` (of its CPU), `action`, `categories`, `sector`, `bytes`, `pid`, `name`, and `count`,
 * how many requests an unplug lets go. D and C of a request have the same `request`.
 */
export function runWorkload(events, take, seed = 1) {
  const next = random(seed);
  const agenda = new Agenda(START_NS);
  for (const work of jobs(agenda, next)) agenda.add({ ns: START_NS + Math.floor(next() * 1e6), step: work });
  const sequence = new Uint32Array(CPUS);
  let taken = 0;
  for (let entry = agenda.next(); entry !== null; entry = agenda.next()) {
    if (entry.step !== undefined) {
      if (taken < events) entry.step(entry.ns);
      continue;
    }
    entry.sequence = ++sequence[entry.cpu];
    take(entry);
    taken++;
  }
  return taken;
}

/** Steps that plan their events and, some time after the last of them, themselves again. */
function jobs(agenda, next) {
  const plan = planner(agenda);
  const upTo = (most) => Math.floor(next() * most);
  /** Mostly near the least, now and then far from it. */
  const latency = (leastNs) => Math.floor(leastNs * (1 - Math.log(1 - next()) * 0.6) * (next() < 0.001 ? 20 : 1));
  const again = (step, ns) => agenda.add({ ns, step });

  const database = (slot) => {
    const process = { pid: 2100 + (slot % 4), name: "postgres", cpu: slot % CPUS };
    return function step(ns) {
      const isRead = next() < 0.8;
      const page = Math.floor(next() ** 3 * 2 ** 20);
      const range = { sector: PLACE.database + page * 16, bios: [8 * KIB], is: isRead ? IS.read : IS.write | IS.sync };
      again(step, plan.single(process, ns, range, latency(isRead ? 90e3 : 60e3)) + upTo(60e3));
    };
  };

  const longFiles = (number) => {
    const process = { pid: 3300 + number, name: "tar", cpu: (number + 1) % CPUS };
    let at = PLACE.files + number * 2 ** 24;
    const end = at + 2 ** 24;
    return function step(ns) {
      const range = { sector: at, bios: Array(4).fill(32 * KIB), is: IS.read | IS.ahead };
      at += (128 * KIB) / SECTOR;
      if (next() < 0.02 || at + 256 >= end) at = end - 2 ** 24 + upTo(2 ** 14) * 256;
      again(step, plan.plugged(process, ns, [range], () => latency(220e3)) + upTo(40e3));
    };
  };

  const writeback = () => {
    const process = { pid: 71, name: "kworker/u8:3", cpu: 2 };
    return function step(ns) {
      const range = () => {
        const bios = Array.from({ length: 1 + upTo(6) }, () => (4 * KIB) << upTo(3));
        return { sector: PLACE.writeback + upTo(2 ** 22) * 8, bios, is: IS.write, backwards: next() < 0.1 };
      };
      const ranges = Array.from({ length: 1 + upTo(8) }, range);
      again(step, plan.plugged(process, ns, ranges, () => latency(150e3)) + upTo(2e6));
    };
  };

  const journal = () => {
    const process = { pid: 214, name: "jbd2/sda1-8", cpu: 1 };
    let at = 0;
    return function step(ns) {
      const blocks = 2 + upTo(6);
      const is = IS.write | IS.sync;
      const range = { sector: PLACE.journal + at, bios: Array(blocks).fill(4 * KIB), is };
      at = (at + (blocks + 1) * 8) % 2 ** 16;
      const written = plan.plugged(process, ns, [range], () => latency(80e3));
      const flushed = plan.flush(process, written + 5e3, latency(600e3));
      const commit = { sector: PLACE.journal + 2 ** 17 + (at % 2 ** 12), bios: [4 * KIB], is: is | IS.fua };
      again(step, plan.single(process, flushed + 3e3, commit, latency(300e3)) + upTo(8e6));
    };
  };

  const discards = () => {
    const process = { pid: 4400, name: "fstrim", cpu: 0 };
    return function step(ns) {
      const range = { sector: PLACE.free + upTo(512) * 2 ** 14, bios: [2 ** 22], is: IS.write | IS.discard };
      again(step, plan.single(process, ns, range, latency(900e3)) + upTo(80e6));
    };
  };

  return [
    ...Array.from({ length: 12 }, (_, slot) => database(slot)),
    longFiles(0),
    longFiles(1),
    writeback(),
    journal(),
    discards(),
  ];
}

/** Puts the events of requests into the agenda; each gives the time when the last is complete. */
function planner(agenda) {
  let requests = 0;
  const event = (process, ns, action, categories, sector, bytes, request = 0, count = 0) => {
    const { pid, name, cpu } = process;
    agenda.add({ ns, step: undefined, cpu, sequence: 0, action, categories, sector, bytes, pid, name, request, count });
  };
  const complete = ({ cpu }, ns, categories, sector, bytes, request = 0) =>
    event({ pid: 0, name: `swapper/${cpu}`, cpu }, ns, ACTION.C, categories | IS.complete, sector, bytes, request);

  function single(process, ns, { sector, bios: [bytes], is }, latencyNs) {
    const request = ++requests;
    event(process, ns, ACTION.Q, is | IS.queue, sector, bytes);
    event(process, ns + 350, ACTION.G, is | IS.queue, sector, bytes);
    event(process, ns + 900, ACTION.I, is | IS.queue | IS.fs, sector, bytes);
    event(process, ns + 2100, ACTION.D, is | IS.issue | IS.fs, sector, bytes, request);
    complete(process, ns + 2100 + latencyNs, is | IS.fs, sector, bytes, request);
    return ns + 2100 + latencyNs;
  }

  /** Bios that lie side by side become one request while the queue is plugged. */
  function plugged(process, startNs, ranges, latencyOf) {
    let ns = startNs;
    const after = (gapNs, ...what) => {
      ns += gapNs;
      event(process, ns, ...what);
    };
    after(0, ACTION.P, IS.queue | IS.read, 0, 0);
    for (const { sector, bios, is, backwards = false } of ranges) {
      let at = sector + (backwards ? sum(bios) / SECTOR : 0);
      for (const [i, bytes] of bios.entries()) {
        if (backwards) at -= bytes / SECTOR;
        after(700, ACTION.Q, is | IS.queue, at, bytes);
        after(250, i === 0 ? ACTION.G : backwards ? ACTION.F : ACTION.M, is | IS.queue, at, bytes);
        if (!backwards) at += bytes / SECTOR;
      }
    }
    after(400, ACTION.U, IS.queue | IS.read, 0, 0, 0, ranges.length);
    for (const { sector, bios, is } of ranges) after(300, ACTION.I, is | IS.queue | IS.fs, sector, sum(bios));
    let last = ns;
    for (const { sector, bios, is } of ranges) {
      const request = ++requests;
      after(1100, ACTION.D, is | IS.issue | IS.fs, sector, sum(bios), request);
      const end = ns + latencyOf();
      complete(process, end, is | IS.fs, sector, sum(bios), request);
      last = Math.max(last, end);
    }
    return last;
  }

  /** An empty write that asks for a flush: the flush goes to the disk, and then the write is complete. */
  function flush(process, ns, latencyNs) {
    const is = IS.write | IS.flush | IS.sync;
    const sent = IS.read | IS.flush | IS.fs;
    const request = ++requests;
    event(process, ns, ACTION.Q, is | IS.queue, 0, 0);
    event(process, ns + 400, ACTION.G, is | IS.queue, 0, 0);
    event({ pid: 44, name: "kworker/0:1H", cpu: process.cpu }, ns + 3000, ACTION.D, sent | IS.issue, 0, 0, request);
    complete(process, ns + 3000 + latencyNs, sent, 0, 0, request);
    complete(process, ns + 4000 + latencyNs, IS.write | IS.sync, 0, 0);
    return ns + 4000 + latencyNs;
  }

  return { single, plugged, flush };
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

export const DISK_BYTES = DISK_SECTORS * SECTOR;
