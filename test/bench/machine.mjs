import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { peerVersions } from "./peers.mjs";

/** One paragraph: when, on what and with which programs the figures were taken. */
export function circumstances({ runs }) {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB of memory`;
  const peers = peerVersions();
  const programs = [`blkreport ${version}${commit()}`, `Node ${process.versions.node}`, ...peers].join(", ");
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; ${machine}, ${memory}, ${type()} ${release()}; ${programs}; medians of ${runs} unless a table says otherwise.`;
}

function commit() {
  try {
    return ` (${execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8", stdio: "pipe" }).trim()})`;
  } catch {
    return "";
  }
}
