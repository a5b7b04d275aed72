import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { composed } from "../../src/layout/compose.ts";
import { factsOfFolder, type KeptText } from "../../src/layout/folder.ts";
import type { Layout } from "../../src/model/layout.ts";
import { layoutOfText, layoutText } from "../../src/report/layoutFile.ts";
import { problemsOf } from "./problems.ts";

const ROOT = join(import.meta.dirname, "../..");
const CAPTURES = join(ROOT, "../shared/captures/vm");

interface Origin {
  readonly trace: string;
  readonly capture: string;
  readonly devices: readonly string[];
  /** How its ext4 was made: where the journal lies dumpe2fs does not say, and mke2fs puts it into the same place again. */
  readonly made?: { readonly device: string; readonly bytes: number; readonly options: readonly string[] };
}

const ORIGINS: readonly Origin[] = [
  {
    trace: "filesystems/ext4-life",
    capture: "boot-E/43-markers",
    devices: ["vda"],
    made: { device: "vda1", bytes: 258048 * 512, options: [] },
  },
  {
    trace: "recorders/ext4-life.ftrace.txt.gz",
    capture: "boot-E/43-markers",
    devices: ["vda"],
    made: { device: "vda1", bytes: 258048 * 512, options: [] },
  },
  { trace: "filesystems/mkfs-xfs", capture: "boot-B/30-mkfs-xfs", devices: ["vdb"] },
  { trace: "filesystems/xfs-fstrim", capture: "boot-B/32-xfs-rm-fstrim", devices: ["vdb"] },
  { trace: "filesystems/mkfs-btrfs", capture: "boot-B/33-mkfs-btrfs", devices: ["vdb"] },
  {
    trace: "lvm/mkfs-ext4",
    capture: "boot-B/21-lv-mkfs-ext4",
    devices: ["vda", "dm-0"],
    made: { device: "VG-LV", bytes: 327680 * 512, options: ["-b", "4096"] },
  },
  {
    trace: "databases/sqlite-wal",
    capture: "boot-A/08-sqlite-wal",
    devices: ["vda"],
    made: { device: "vda1", bytes: 520192 * 512, options: [] },
  },
  {
    trace: "disk-4k/part63",
    capture: "boot-B/40-4kphys-part63",
    devices: ["vdc"],
    made: { device: "vdc1", bytes: 131009 * 512, options: ["-b", "4096"] },
  },
  {
    trace: "disk-4k/part2048",
    capture: "boot-B/40-4kphys-part2048",
    devices: ["vdc"],
    made: { device: "vdc1", bytes: 129024 * 512, options: ["-b", "4096"] },
  },
  { trace: "devices/raid1", capture: "boot-B/25-md-raid1-resync", devices: ["vda", "vdb"] },
];

const hasTools = ["mke2fs", "debugfs", "dumpe2fs"].every((tool) => spawnSync(tool, ["-V"]).error === undefined);

/** The answers of debugfs on a filesystem of the same geometry, or null where this mke2fs makes another one. */
function madeAgain({ made }: Origin, dumpe2fs: string): KeptText | null {
  if (made === undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), "blkreport-test-"));
  try {
    const image = join(folder, "image");
    writeFileSync(image, "");
    truncateSync(image, made.bytes);
    execFileSync("mke2fs", ["-q", "-F", "-t", "ext4", ...made.options, image]);
    const dumped = execFileSync("dumpe2fs", [image], { encoding: "utf8", stdio: "pipe" });
    if (placesOf(dumped) !== placesOf(dumpe2fs)) return null;
    const input = "ls -p <2>\nstat <2>\nstat <7>\nstat <8>\nstat <11>\n";
    const text = execFileSync("debugfs", ["-f", "-", image], { encoding: "utf8", input, stdio: "pipe" });
    return { name: `debugfs-${made.device}.txt`, text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where dumpe2fs says that things are. */
function placesOf(text: string): string {
  return [...text.matchAll(/\b(?:at \d+(?:-\d+)?|Block size: .*|Block count: .*|Total journal blocks: .*)/g)].join(
    "\n",
  );
}

async function layoutOf(origin: Origin): Promise<Layout | null> {
  const folder = join(CAPTURES, origin.capture);
  const files = readdirSync(folder)
    .filter((name) => /\.(?:json|txt)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const { made } = origin;
  const again =
    made === undefined
      ? []
      : [madeAgain(origin, files.find(({ name }) => name === `dumpe2fs-${made.device}.txt`)!.text)];
  if (again.includes(null)) return null;
  const kept = [...files, ...(again as KeptText[])].filter(
    ({ name }) => name !== "dumpe2fs-dm-0.txt" || made?.device === "dm-0",
  );
  const { facts } = await factsOfFolder(kept, null);
  const sources = facts.sources.map((source) =>
    source.startsWith("debugfs")
      ? "debugfs, of a filesystem that the same mkfs made again"
      : source.replace(/ \(.*/, ""),
  );
  const { layout } = composed({ ...facts, sources: [...new Set(sources)] });
  return { ...layout, devices: layout.devices.filter(({ device }) => origin.devices.includes(device ?? "")) };
}

describe.skipIf(!existsSync(CAPTURES) || !hasTools)(
  "the layouts of the traces, from the outputs that lie beside their recordings",
  () => {
    it.each(ORIGINS)("$trace", async (origin) => {
      const layout = await layoutOf(origin);
      // Another mke2fs than that of the recording makes another filesystem.
      if (layout === null) return;
      await expect(layoutText(layout)).toMatchFileSnapshot(join(ROOT, "traces", `${origin.trace}.layout.json`));
    });
  },
);

describe("the layouts beside the traces", () => {
  const names = readdirSync(join(ROOT, "traces"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".layout.json"))
    .sort();

  it("are there", () => {
    expect(names).toEqual(expect.arrayContaining(ORIGINS.map(({ trace }) => `${trace}.layout.json`).sort()));
  });

  it.each(names)("%s names devices of its trace, and no structure outside of its holder or upon another", (name) => {
    const path = join(ROOT, "traces", name);
    const layout = layoutOfText(readFileSync(path, "utf8"), name);
    expect(problemsOf(layout)).toEqual([]);
    const side = JSON.parse(readFileSync(path.replace(/\.layout\.json$/, ".json"), "utf8"));
    const known = Object.values<{ name: string }>(side.devices ?? {}).map((device) => device.name);
    for (const { device, structures } of layout.devices) {
      if (device !== null) expect(known).toContain(device);
      expect(structures.length).toBeGreaterThan(0);
    }
  });
});
