import { closeSync, openSync, readSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { type Composed, composed, type DiskFacts, type Filesystem, IMAGE, NO_FACTS } from "../../layout/compose.ts";
import { partitionName } from "../../layout/deviceName.ts";
import type { PhysicalVolume, VolumeSegment } from "../../layout/lvm.ts";
import { type ArrayMember, parseMdadm } from "../../layout/mdadm.ts";
import { parseSfdisk } from "../../layout/sfdisk.ts";
import { TraceError } from "../../model/errors.ts";
import { filesystemOf } from "./filesystemOf.ts";
import { guestVolumes } from "./guestVolumes.ts";
import { outputOf, runTool } from "./runTool.ts";
import { type Source, Workshop } from "./workshop.ts";

/** What is in an image of a disk, raw or in a format of qemu; `name` is how the trace calls the disk. */
export function layoutOfImage(image: string, name: string | null): Promise<Composed> {
  const isDevice = isBlockDevice(image);
  return Workshop.use(async (shop) => {
    const plain = shop.plainName(await realpath(image));
    const path = isDevice ? plain : await rawImage(shop, plain);
    const bytes = isDevice ? Number(await outputOf("blockdev", ["--getsize64", path])) : statSync(path).size;
    const disk: Source = { path, fromBytes: 0, bytes, isWhole: true };
    const facts = await new ImageReader(shop, disk).facts();
    const { layout, notes } = composed({ ...facts, sources: shop.sources, image: { name, bytes } });
    return { layout, notes: [...shop.notes, ...notes] };
  });
}

function isBlockDevice(image: string): boolean {
  const place = statSync(image, { throwIfNoEntry: false });
  if (place === undefined) throw new TraceError({ file: image }, "missing", "file", "check its name");
  if (!place.isFile() && !place.isBlockDevice())
    throw new TraceError(
      { file: image },
      "unsupported",
      "image that is neither a file nor a block device",
      "give a file, or use --from with what the tools print",
    );
  return place.isBlockDevice();
}

const OTHER_FORMATS: readonly (readonly [magic: string, format: string])[] = [
  ["QFI\xfb", "qcow2"],
  ["KDMV", "vmdk"],
  ["vhdxfile", "vhdx"],
  ["<<< ", "vdi"],
];

/** The image itself, or a raw copy of one that is in a format of qemu. */
async function rawImage(shop: Workshop, image: string): Promise<string> {
  const head = Buffer.alloc(8);
  const file = openSync(image, "r");
  readSync(file, head, 0, head.length, 0);
  closeSync(file);
  const format = OTHER_FORMATS.find(([magic]) => head.toString("latin1").startsWith(magic))?.[1];
  if (format === undefined) return image;
  const raw = shop.file("raw");
  await outputOf("qemu-img", ["convert", "-f", format, "-O", "raw", image, raw]);
  return raw;
}

/** Looks at a disk and at what is found in it. */
class ImageReader {
  readonly #shop: Workshop;
  readonly #disk: Source;
  readonly #filesystems: Filesystem[] = [];
  readonly #members: ArrayMember[] = [];
  #volumes: { readonly physical: readonly PhysicalVolume[]; readonly segments: readonly VolumeSegment[] } | null = null;

  constructor(shop: Workshop, disk: Source) {
    this.#shop = shop;
    this.#disk = disk;
  }

  async facts(): Promise<DiskFacts> {
    const table = await this.#table();
    if (table === null) await this.#look(IMAGE, this.#disk);
    for (const { number, fromBytes, bytes, isExtended } of table?.partitions ?? []) {
      const source = { path: this.#disk.path, fromBytes, bytes, isWhole: false };
      if (!isExtended) await this.#look(partitionName(IMAGE, number), source);
    }
    return {
      ...NO_FACTS,
      tables: table === null ? [] : [table],
      filesystems: this.#filesystems,
      members: this.#members,
      physical: this.#volumes?.physical ?? [],
      segments: this.#volumes?.segments ?? [],
    };
  }

  async #table() {
    const { PTTYPE, TYPE } = await this.#probe(this.#disk);
    if (PTTYPE === undefined || TYPE !== undefined) return null;
    const table = parseSfdisk(await outputOf("sfdisk", ["-J", this.#disk.path]), "sfdisk");
    await this.#shop.toldBy("sfdisk");
    // An image in a folder called /dev is no device.
    return { ...table, device: "" };
  }

  /** What blkid finds at the beginning of a volume. */
  async #probe({ path, fromBytes, bytes }: Source): Promise<{ readonly TYPE?: string; readonly PTTYPE?: string }> {
    const { stdout } = await runTool("blkid", [
      "-p",
      "-O",
      String(fromBytes),
      "-S",
      String(bytes),
      "-o",
      "export",
      path,
    ]);
    return Object.fromEntries([...stdout.matchAll(/^(\w+)=(.*)$/gm)].map(([, key, value]) => [key!, value!]));
  }

  async #look(device: string, source: Source): Promise<void> {
    const { TYPE: type } = await this.#probe(source);
    const called = device === IMAGE ? "the disk" : device.replace(IMAGE, "partition ");
    if (type === undefined || type === "swap") return;
    await this.#shop.tried(`${type} on ${called}`, async () => {
      if (type === "LVM2_member") await this.#lookIntoVolumes();
      else if (type === "linux_raid_member") await this.#lookIntoMember(device, source);
      else this.#filesystems.push(await filesystemOf(this.#shop, type, device, source));
    });
  }

  async #lookIntoVolumes(): Promise<void> {
    if (this.#volumes !== null) return;
    this.#volumes = { physical: [], segments: [] };
    this.#volumes = await guestVolumes(this.#disk.path);
    await this.#shop.toldBy("guestfish");
    const { layout } = composed({ ...(await this.#bare()), ...this.#volumes });
    const names = new Set(this.#volumes.segments.map(({ group, volume }) => `${group}/${volume}`));
    for (const { name, kind, extents } of layout.devices[0]?.structures ?? []) {
      if (kind !== "logicalVolume" || !names.has(name)) continue;
      const isLinear = this.#volumes.segments.every(
        (one) => `${one.group}/${one.volume}` !== name || one.type === "linear",
      );
      if (!isLinear) continue;
      const parts = extents.map(([fromBytes, bytes]) => ({ path: this.#disk.path, fromBytes, bytes, isWhole: false }));
      const [only, ...others] = parts;
      const whole = async (): Promise<Source> => {
        const path = await this.#shop.assembled(parts);
        return { path, fromBytes: 0, bytes: statSync(path).size, isWhole: true };
      };
      if (only !== undefined) await this.#look(name, others.length === 0 ? only : await whole());
    }
  }

  /** The disk with its table alone, to place volumes on it. */
  async #bare(): Promise<DiskFacts> {
    const table = await this.#table();
    return { ...NO_FACTS, tables: table === null ? [] : [table], image: { name: null, bytes: this.#disk.bytes } };
  }

  async #lookIntoMember(device: string, source: Source): Promise<void> {
    const [member] = parseMdadm(await outputOf("mdadm", ["--examine", await this.#shop.alone(source)]));
    await this.#shop.toldBy("mdadm");
    if (member === undefined) return;
    const array = `md ${device === IMAGE ? "array" : device.replace(IMAGE, "array of partition ")}`;
    this.#members.push({ ...member, device, array });
    const from = member.dataFromBytes;
    if (member.level !== "raid1" || from === null) return;
    const data = { path: source.path, fromBytes: source.fromBytes + from, bytes: source.bytes - from, isWhole: false };
    await this.#look(array, data);
  }
}
