import { parseBtrfsChunks, parseBtrfsSuper } from "../../layout/btrfs.ts";
import type { Filesystem } from "../../layout/compose.ts";
import { extFiles } from "../../layout/debugfs.ts";
import { parseDumpe2fs } from "../../layout/dumpe2fs.ts";
import { parseFsckFat, parseMdir, parseMshowfat } from "../../layout/fat.ts";
import { btrfsFilesystem, extFilesystem, fatFilesystem, xfsFilesystem } from "../../layout/filesystems.ts";
import { type Piece, piece } from "../../layout/pieces.ts";
import {
  groupCommands,
  mapCommands,
  parseXfsGroup,
  parseXfsMaps,
  parseXfsNames,
  parseXfsSuperblock,
  type XfsGeometry,
} from "../../layout/xfs.ts";
import { outputOf, runTool } from "./runTool.ts";
import type { Source, Workshop } from "./workshop.ts";

/** So many of a filesystem's allocation groups are looked into. */
const MOST_GROUPS = 256;
const MOST_FILES = 100_000;
/** Files that one run of a program is asked about: a command line has an end. */
const RUN_FILES = 1000;

/** What the tools of a filesystem tell of it; one that has none is named, with its place. */
export function filesystemOf(shop: Workshop, type: string, device: string, source: Source): Promise<Filesystem> {
  if (/^ext[234]/.test(type)) return ext(shop, device, source);
  if (type === "xfs") return xfs(shop, device, source);
  if (type === "btrfs") return btrfs(shop, device, source);
  if (type === "vfat") return fat(shop, device, source);
  return Promise.resolve({ device, piece: piece(type, "filesystem", [[0, source.bytes]]) });
}

/** The tools of e2fsprogs read at an offset, and need no copy. */
async function ext(shop: Workshop, device: string, source: Source): Promise<Filesystem> {
  const place = source.fromBytes === 0 ? source.path : `${source.path}?offset=${source.fromBytes}`;
  const own = parseDumpe2fs(await outputOf("dumpe2fs", [place]), "dumpe2fs");
  await shop.toldBy("dumpe2fs", "-V");
  const files = await extFiles(
    own,
    async (commands) => (await runTool("debugfs", ["-f", "-", place], { input: commands })).stdout,
  );
  await shop.toldBy("debugfs", "-V");
  if (files.isCut) shop.notes.push(cutNote(own.type));
  return extFilesystem(device, own, files.pieces);
}

async function xfs(shop: Workshop, device: string, source: Source): Promise<Filesystem> {
  const path = await shop.alone(source);
  const ask = (commands: readonly string[]) =>
    outputOf("xfs_db", ["-r", "-f", ...commands.flatMap((command) => ["-c", command]), path]);
  const geometry = parseXfsSuperblock(await ask(["sb 0", "p"]), "xfs_db");
  await shop.toldBy("xfs_db", "-V");
  if (geometry.groups > MOST_GROUPS)
    shop.notes.push(`the xfs has ${geometry.groups} allocation groups: trees and inodes are told of ${MOST_GROUPS}`);
  const pieces: Piece[] = [];
  for (let group = 0; group < Math.min(geometry.groups, MOST_GROUPS); group++)
    pieces.push(...parseXfsGroup(await ask(groupCommands(group)), group, geometry));
  return xfsFilesystem(device, geometry, [...pieces, ...(await xfsFiles(shop, ask, geometry))]);
}

async function xfsFiles(
  shop: Workshop,
  ask: (commands: readonly string[]) => Promise<string>,
  geometry: XfsGeometry,
): Promise<readonly Piece[]> {
  const names = parseXfsNames(await ask(["blockget -n", "ncheck"]), geometry);
  if (names.length > MOST_FILES) shop.notes.push(cutNote("xfs"));
  const pieces: Piece[] = [];
  for (let from = 0; from < Math.min(names.length, MOST_FILES); from += RUN_FILES) {
    const some = names.slice(from, from + RUN_FILES);
    pieces.push(...parseXfsMaps(await ask(some.flatMap(mapCommands)), some, geometry));
  }
  return pieces;
}

async function btrfs(shop: Workshop, device: string, source: Source): Promise<Filesystem> {
  const path = await shop.alone(source);
  const ask = (...words: string[]) => outputOf("btrfs", ["inspect-internal", ...words, path]);
  const own = parseBtrfsSuper(await ask("dump-super"), "btrfs");
  await shop.toldBy("btrfs");
  const all = await shop.tried("all of the btrfs", () => ask("dump-tree"));
  const tree = all ?? (await ask("dump-tree", "-t", "chunk"));
  const { filesystem, notes } = btrfsFilesystem(device, own, parseBtrfsChunks(tree), tree);
  shop.notes.push(...notes);
  return filesystem;
}

async function fat(shop: Workshop, device: string, source: Source): Promise<Filesystem> {
  const path = await shop.alone(source);
  // Its exit status says whether there is something to mend.
  const { stdout, stderr } = await runTool("fsck.fat", ["-n", "-v", path]);
  const geometry = parseFsckFat(`${stdout}\n${stderr}`, "fsck.fat");
  shop.told("fsck.fat", stdout);
  const files = await shop.tried("files of the vfat", async () => {
    const listed = parseMdir(await outputOf("mdir", ["-/", "-b", "-i", path, "::"]));
    const pieces: Piece[] = [];
    for (let from = 0; from < Math.min(listed.length, MOST_FILES); from += RUN_FILES) {
      const some = listed.slice(from, from + RUN_FILES);
      const { stdout: shown } = await runTool("mshowfat", ["-i", path, ...some.map((name) => name.replace(/\/$/, ""))]);
      pieces.push(...parseMshowfat(shown, some, geometry));
    }
    if (listed.length > MOST_FILES) shop.notes.push(cutNote("vfat"));
    await shop.toldBy("mshowfat");
    return pieces;
  });
  return fatFilesystem(device, geometry, files ?? []);
}

function cutNote(type: string): string {
  return `the ${type} has more files than are named: what has no name may be a file`;
}
