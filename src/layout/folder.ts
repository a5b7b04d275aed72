import { parseBtrfsChunks, parseBtrfsSuper } from "./btrfs.ts";
import { type DiskFacts, IMAGE, NO_FACTS } from "./compose.ts";
import { extFiles } from "./debugfs.ts";
import { lvmName, partitionName, shortName } from "./deviceName.ts";
import { parseDmsetupTable } from "./dmsetup.ts";
import { parseDumpe2fs } from "./dumpe2fs.ts";
import { parseFsckFat, parseMdir, parseMshowfat } from "./fat.ts";
import { parseFilefrag } from "./filefrag.ts";
import { btrfsFilesystem, extFilesystem, fatFilesystem, xfsFilesystem } from "./filesystems.ts";
import { type FiledFilesystem, withListedFiles } from "./listedFiles.ts";
import { parseLsblk } from "./lsblk.ts";
import { parseLvs, parsePvs, parseVgs } from "./lvm.ts";
import { parseMdadm } from "./mdadm.ts";
import { diskOf, parseSfdisk } from "./sfdisk.ts";
import { parseXfsInfo, parseXfsSuperblock } from "./xfs.ts";

/** What a tool printed, kept in a file. */
export interface KeptText {
  /** "dumpe2fs-vda1.txt": the device of a filesystem is in the name. */
  readonly name: string;
  readonly text: string;
}

/** The files that are understood, and the commands that write them. */
export const KEPT_FILES: readonly (readonly [names: string, command: string])[] = [
  ["sfdisk*.json", "sfdisk -J /dev/vda"],
  ["lsblk.json", "lsblk -J -O -b"],
  ["pvs.json", "pvs --reportformat json --units b -o +pe_start"],
  ["vgs.json", "vgs --reportformat json --units b -o +vg_extent_size"],
  ["lvs.json", "lvs --segments --reportformat json --units b -o +lv_kernel_minor,seg_start,seg_size,seg_pe_ranges"],
  ["dmsetup-table.txt", "dmsetup table"],
  ["mdadm*.txt", "mdadm --detail /dev/md0; mdadm --examine /dev/vda"],
  ["dumpe2fs-vda1.txt", "dumpe2fs /dev/vda1"],
  ["debugfs-vda1.txt", "debugfs -f commands /dev/vda1, of which stat <8> tells the journal"],
  ["filefrag.txt", "filefrag -v FILE…"],
  ["xfs_db-vda1.txt", "xfs_db -r -c 'sb 0' -c p /dev/vda1"],
  ["xfs_info-vda1.txt", "xfs_info /dev/vda1"],
  ["btrfs-dump-super-vda1.txt", "btrfs inspect-internal dump-super /dev/vda1"],
  ["btrfs-dump-tree-vda1.txt", "btrfs inspect-internal dump-tree /dev/vda1"],
  ["fsck.fat-vda1.txt", "fsck.fat -n -v /dev/vda1"],
];

/** Whether a file is one of them. */
export function isKept(name: string): boolean {
  return SORTS.some(({ pattern }) => pattern.test(name));
}

const SORTS = [
  sort("sfdisk", /^sfdisk.*\.json$/),
  sort("lsblk", /^lsblk.*\.json$/),
  sort("pvs", /^pvs.*\.json$/),
  sort("vgs", /^vgs.*\.json$/),
  sort("lvs", /^lvs.*\.json$/),
  sort("dmsetup", /^dmsetup-table.*\.txt$/),
  sort("mdadm", /^mdadm(?!.*export).*\.txt$/),
  sort("dumpe2fs", /^dumpe2fs(?:-(.+))?\.txt$/),
  sort("debugfs", /^debugfs(?:-(.+))?\.txt$/),
  sort("filefrag", /^filefrag.*\.txt$/),
  sort("xfs_db", /^xfs_db(?:-sb0)?(?:-(.+))?\.txt$/),
  sort("xfs_info", /^xfs_info(?:-(.+))?\.txt$/),
  sort("btrfs dump-super", /^btrfs-dump-super(?:-(.+))?\.txt$/),
  sort("btrfs dump-tree", /^btrfs-dump-tree(?:-chunk)?(?:-(.+))?\.txt$/),
  sort("fsck.fat", /^fsck\.fat(?:-(.+))?\.txt$/),
];

function sort(tool: string, pattern: RegExp) {
  return { tool, pattern };
}

interface Sorted extends KeptText {
  readonly tool: string;
  /** As the file's name says. */
  readonly device: string | null;
}

/** What the files of a folder tell together; files of other names are passed over. `image` is how the trace calls the disk of an image. */
export async function factsOfFolder(
  files: readonly KeptText[],
  image: string | null,
): Promise<{ readonly facts: DiskFacts; readonly notes: readonly string[] }> {
  const sorted = files.flatMap((file): Sorted[] =>
    SORTS.flatMap(({ tool, pattern }) => {
      const found = pattern.exec(file.name);
      return found === null ? [] : [{ ...file, tool, device: found[1] ?? null }];
    }),
  );
  const of = (tool: string) => sorted.filter((file) => file.tool === tool);
  const all = <T>(tool: string, parse: (text: string, file: string) => readonly T[]) =>
    of(tool).flatMap(({ text, name }) => parse(text, name));
  const bare: DiskFacts = {
    ...NO_FACTS,
    sources: sorted.map(({ tool, name }) => `${tool} (${name})`),
    tables: of("sfdisk").map(({ text, name }) => parseSfdisk(text, name)),
    listed: all("lsblk", parseLsblk),
    physical: all("pvs", parsePvs),
    extentBytes: new Map(of("vgs").flatMap(({ text, name }) => [...parseVgs(text, name)])),
    segments: all("lvs", parseLvs),
    mapped: all("dmsetup", parseDmsetupTable),
    members: all("mdadm", parseMdadm),
  };
  const isOfImage = bare.tables.length > 0 && bare.tables.every((table) => diskOf(table) === null);
  const facts = isOfImage ? { ...bare, image: { name: image, bytes: null } } : bare;
  const notes: string[] = [];
  const found = await filesystems(of, facts, notes);
  const filesystemsWithFiles = withListedFiles(found, all("filefrag", parseFilefrag), facts.listed);
  notes.push(...filesystemsWithFiles.notes);
  return { facts: { ...facts, filesystems: filesystemsWithFiles.filesystems }, notes };
}

async function filesystems(
  of: (tool: string) => readonly Sorted[],
  facts: DiskFacts,
  notes: string[],
): Promise<readonly FiledFilesystem[]> {
  const placed = (file: Sorted, use: (device: string) => FiledFilesystem): FiledFilesystem[] => {
    const device = file.device ?? onlyDevice(facts);
    if (device !== null) return [use(device)];
    notes.push(`${file.name} is passed over: put the name of its device into its name, as in dumpe2fs-vda1.txt`);
    return [];
  };
  const of1 = (tool: string, device: string | null) => of(tool).find((file) => file.device === device);
  const ext = await Promise.all(
    of("dumpe2fs").map(async (file) => {
      const own = parseDumpe2fs(file.text, file.name);
      const kept = of1("debugfs", file.device);
      const files = kept === undefined ? [] : (await extFiles(own, async () => kept.text)).pieces;
      return placed(file, (device) => ({
        filesystem: extFilesystem(device, own, files),
        magic: "ef53",
        lastMounted: own.lastMounted,
        map: null,
      }));
    }),
  );
  const xfs = [
    ...of("xfs_db").map((file) => ({ file, geometry: parseXfsSuperblock(file.text, file.name) })),
    ...of("xfs_info").flatMap((file) => {
      if (of1("xfs_db", file.device) !== undefined) return [];
      const { device, geometry } = parseXfsInfo(file.text, file.name);
      return [{ file: { ...file, device: file.device ?? shortName(device) }, geometry }];
    }),
  ].flatMap(({ file, geometry }) =>
    placed(file, (device) => ({
      filesystem: xfsFilesystem(device, geometry, []),
      magic: "58465342",
      lastMounted: null,
      map: null,
    })),
  );
  const btrfs = of("btrfs dump-super").flatMap((file) => {
    const own = parseBtrfsSuper(file.text, file.name);
    const tree = of1("btrfs dump-tree", file.device)?.text ?? "";
    const chunks = parseBtrfsChunks(tree);
    const named = { ...file, device: file.device ?? (own.device === null ? null : shortName(own.device)) };
    return placed(named, (device) => {
      const { filesystem, notes: own1 } = btrfsFilesystem(device, own, chunks, tree);
      notes.push(...own1);
      return { filesystem, magic: "9123683e", lastMounted: null, map: { chunks, deviceId: own.deviceId } };
    });
  });
  const fat = of("fsck.fat").flatMap((file) => {
    const geometry = parseFsckFat(file.text, file.name);
    return placed(file, (device) => ({
      filesystem: fatFilesystem(device, geometry, parseMshowfat(file.text, parseMdir(file.text), geometry)),
      magic: "4d44",
      lastMounted: null,
      map: null,
    }));
  });
  return [...ext.flat(), ...xfs, ...btrfs, ...fat];
}

/** The one device on which a filesystem can be; null where there are several. */
function onlyDevice({ tables, segments, mapped }: DiskFacts): string | null {
  const volumes = [
    ...new Set([
      ...segments.map(({ group, volume }) => `${group}/${volume}`),
      ...mapped.map(({ name }) => lvmName(name)),
    ]),
  ];
  if (volumes.length > 0) return volumes.length === 1 ? volumes[0]! : null;
  const [table, ...others] = tables;
  if (table === undefined || others.length > 0) return null;
  const disk = diskOf(table) ?? IMAGE;
  const partitions = table.partitions.filter(({ isExtended }) => !isExtended);
  if (partitions.length === 0) return disk;
  return partitions.length === 1 ? partitionName(disk, partitions[0]!.number) : null;
}
