import { readFileSync } from "node:fs";

let known: string | undefined;

/** "blkreport 0.1.0" */
export function nameAndVersion(): string {
  known ??= readVersion();
  return known;
}

function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return `blkreport ${(JSON.parse(text) as { version: string }).version}`;
}
