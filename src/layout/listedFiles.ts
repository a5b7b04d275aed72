import { type BtrfsChunk, btrfsMap } from "./btrfs.ts";
import type { Filesystem } from "./compose.ts";
import type { ListedFile } from "./filefrag.ts";
import { everyDevice, type ListedDevice } from "./lsblk.ts";
import { joined, piece } from "./pieces.ts";

/** A filesystem, and what says which files are in it. */
export interface FiledFilesystem {
  readonly filesystem: Filesystem;
  /** As statfs has it: "ef53". */
  readonly magic: string;
  readonly lastMounted: string | null;
  /** Of btrfs, whose files lie at addresses of its own. */
  readonly map: { readonly chunks: readonly BtrfsChunk[]; readonly deviceId: number } | null;
}

/** The filesystems with the files that filefrag listed, each in the one on which it can lie. */
export function withListedFiles(
  found: readonly FiledFilesystem[],
  files: readonly ListedFile[],
  listed: readonly ListedDevice[],
): { readonly filesystems: readonly Filesystem[]; readonly notes: readonly string[] } {
  const own = found.map((one) => ({ ...one, mounts: mountsOf(one, listed), files: [] as ListedFile[] }));
  let lost = 0;
  for (const file of files) {
    const candidates = own.filter(({ magic }) => magic === file.magic);
    const mounted = candidates.filter(({ mounts }) => mounts.some((mount) => isBelow(file.path, mount)));
    // One device may be asked by two names: the last counts, as in what is composed of them.
    const one = mounted.at(-1) ?? (sameDevice(candidates) ? candidates.at(-1) : undefined);
    if (one === undefined) lost++;
    else one.files.push({ ...file, path: pathWithin(file.path, one.mounts) });
  }
  return {
    filesystems: own.map(({ filesystem, files, map }) => {
      const place = map === null ? null : btrfsMap(map.chunks, map.deviceId);
      const pieces = files.flatMap(({ path, extents }) => {
        const there = place === null ? extents : joined(extents.flatMap(place));
        return there.length === 0 ? [] : [piece(path, "file", there)];
      });
      return { ...filesystem, piece: { ...filesystem.piece, inner: [...filesystem.piece.inner, ...pieces] } };
    }),
    notes: lost === 0 ? [] : [`${lost} files of filefrag are not placed: no filesystem can be told to hold them`],
  };
}

function sameDevice(candidates: readonly FiledFilesystem[]): boolean {
  return new Set(candidates.map(({ filesystem }) => filesystem.device)).size === 1;
}

function mountsOf({ filesystem, lastMounted }: FiledFilesystem, listed: readonly ListedDevice[]): readonly string[] {
  const device = everyDevice(listed).find(({ name, kernelName }) => [name, kernelName].includes(filesystem.device));
  const mounts = device?.mounts ?? [];
  return mounts.length > 0 || lastMounted === null ? mounts : [lastMounted];
}

function isBelow(path: string, mount: string): boolean {
  return path === mount || path.startsWith(mount.endsWith("/") ? mount : `${mount}/`);
}

/** "/hello" of "/mnt/hello"; "./usr/x" was listed from a folder that is not known. */
function pathWithin(path: string, mounts: readonly string[]): string {
  const mount = mounts.find((one) => isBelow(path, one));
  if (mount !== undefined) return `/${path.slice(mount.length).replace(/^\/+/, "")}`;
  return path.replace(/^\.\//, "");
}
