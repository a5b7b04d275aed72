import { random } from "./generate.mjs";

const UNIX_US = 1_577_808_000_000_000;
const FILETIME = 128_166_372_000_000_000n;

/** Requests as a disk would have them, a dozen at a time in flight. */
function* madeRequests(count, seed) {
  const next = random(seed);
  let us = 0;
  let sequential = 0;
  for (let i = 0; i < count; i++) {
    us += 20 + Math.floor(next() * 200);
    const isRead = next() < 0.6;
    const sectors = 8 << Math.floor(next() * 5);
    const sector = next() < 0.3 ? sequential : Math.floor(next() * 2 ** 26) * 8;
    sequential = sector + sectors;
    yield {
      i,
      us,
      isRead,
      sector,
      sectors,
      latencyUs: 80 + Math.floor(next() * next() * 3000),
      disk: Math.floor(next() * 4),
    };
  }
}

const seconds = (us, decimals) => (us / 1e6).toFixed(decimals);
const letter = ({ isRead }) => (isRead ? "R" : "W");

const LINE = {
  alibaba: (r) => `${r.disk},${letter(r)},${r.sector * 512},${r.sectors * 512},${UNIX_US + r.us}`,
  biosnoop: (r) =>
    `${seconds(r.us, 6).padEnd(11)} ${"fio".padEnd(14)} ${String(1200 + r.disk).padEnd(7)} vd${"abcd"[r.disk]}     ${letter(r)} ${String(r.sector).padEnd(10)} ${String(r.sectors * 512).padEnd(7)} ${(r.latencyUs / 1000).toFixed(2).padStart(7)}`,
  cloudPhysicsCsv: (r) =>
    `1,${33898 + Math.floor(r.us / 1e6)},${r.isRead ? "28" : "2a"},${r.sectors * 512},${r.sector}`,
  csv: (r) =>
    `${r.isRead ? "read" : "write"},${r.sector * 512},${r.sectors * 512},${r.us * 1000},${(r.us + r.latencyUs) * 1000},,vd${"abcd"[r.disk]},fio,1,${r.isRead ? "" : "sync"},0`,
  fioLog: (r) =>
    `${Math.floor(r.us / 1000)}, ${r.latencyUs * 1000}, ${r.isRead ? 0 : 1}, ${r.sectors * 512}, ${r.sector * 512}, 0`,
  fiu: (r) =>
    `${89968195792462 + r.us * 1000} ${20782 + r.disk} gzip ${r.sector} ${r.sectors} ${letter(r)} 6 0 56f11b711d91a065a2b6458eca924523`,
  mqsim: (r) => `${r.us * 1000} ${r.disk} ${r.sector} ${r.sectors} ${r.isRead ? 1 : 0}`,
  msr: (r) =>
    `${FILETIME + BigInt(r.us * 10)},prxy,${r.disk},${r.isRead ? "Read" : "Write"},${r.sector * 512},${r.sectors * 512},${r.latencyUs * 10}`,
  spc: (r) => `${r.disk},${r.sector},${r.sectors * 512},${letter(r).toLowerCase()},${seconds(r.us, 6)}`,
  systor17: (r) =>
    `1456095${seconds(145e6 + r.us, 6)}000,${seconds(r.latencyUs, 6)}000,${letter(r)},${r.disk},${r.sector * 512},${r.sectors * 512}`,
  tencentCbs: (r) =>
    `${1538323200 + Math.floor(r.us / 1e6)},${r.sector},${r.sectors},${r.isRead ? 0 : 1},${1063 + r.disk}`,
};

const HEADER = {
  biosnoop: "TIME(s)     COMM           PID     DISK      T SECTOR     BYTES  LAT(ms)",
  csv: "op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error",
};

const HINTS = {
  fioLog: { fioLog: "clat" },
  mqsim: { format: "mqsim", units: { time: "ns" } },
  spc: { units: { offsetBytes: 512 } },
};

/** Those that come when they are complete. */
const BY_COMPLETION = ["biosnoop", "fioLog"];

/** The formats that have one line for each request, and traces of theirs. */
export const TABLES = Object.fromEntries(
  Object.entries(LINE).map(([format, line]) => [
    format,
    {
      name: `bench.${format}`,
      hints: HINTS[format] ?? {},
      text: (requests, seed = 1) => tableText(format, line, requests, seed),
    },
  ]),
);

function tableText(format, line, requests, seed) {
  let made = madeRequests(requests, seed);
  if (BY_COMPLETION.includes(format))
    made = [...made].map((r) => ({ ...r, us: r.us + r.latencyUs })).sort((a, b) => a.us - b.us);
  const lines = HEADER[format] === undefined ? [] : [HEADER[format]];
  for (const request of made) lines.push(line(request));
  return `${lines.join("\n")}\n`;
}
