import { spawnSync } from "node:child_process";

/** The programs beside which blkreport is measured, and how each says its version. */
const PEERS = { blkparse: ["-V"], btt: ["-V"], iowatcher: null };

/** Those that are installed. */
export function installedPeers() {
  return Object.keys(PEERS).filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0);
}

export function peerVersions() {
  return installedPeers().map((name) => {
    if (PEERS[name] === null) return name;
    const { stdout, stderr } = spawnSync(name, PEERS[name], { encoding: "utf8" });
    return (stdout + stderr).trim().split("\n")[0];
  });
}
