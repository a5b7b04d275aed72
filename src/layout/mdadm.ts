import { SECTOR_BYTES } from "../model/units.ts";
import { type Piece, piece } from "./pieces.ts";

/** A member of an array, as `mdadm --detail` or `mdadm --examine` tells of it; null: not told. */
export interface ArrayMember {
  readonly array: string | null;
  readonly uuid: string | null;
  readonly device: string;
  readonly level: string;
  readonly version: string;
  /** Where the array's data begin on the member. */
  readonly dataFromBytes: number | null;
  readonly superblockFromBytes: number | null;
  /** The size of the array, which may be less than its members have room for. */
  readonly arrayBytes: number | null;
}

/** Where each version has its superblock; 0.90 and 1.0 have it near the end, which --examine tells. */
const SUPERBLOCK_FROM: Readonly<Record<string, number>> = { "1.1": 0, "1.2": 4096 };
const SUPERBLOCK_BYTES = 4096;

/** What `mdadm --detail /dev/md0` prints, or `mdadm --examine /dev/vda`, for one device or several. */
export function parseMdadm(text: string): readonly ArrayMember[] {
  return text.split(/^(?=\S+:\s*$)/m).flatMap((part): ArrayMember[] => {
    const device = /^(\S+):\s*$/m.exec(part)?.[1];
    const value = (key: string) => new RegExp(`^\\s*${key} : (.+?)\\s*$`, "m").exec(part)?.[1] ?? null;
    const [level, version] = [value("Raid Level"), value("Version")];
    if (device === undefined || level === null || version === null) return [];
    const uuid = value("Array UUID") ?? value("UUID");
    const kibibytes = /^(\d+)(?: KiB)? \(/.exec(value("Array Size") ?? "")?.[1];
    const arrayBytes = kibibytes === undefined ? null : Number(kibibytes) * 1024;
    const common = { uuid, level, version, arrayBytes };
    const sectors = (key: string) => {
      const count = /^(\d+) sectors/.exec(value(key) ?? "")?.[1];
      return count === undefined ? null : Number(count) * SECTOR_BYTES;
    };
    if (value("Magic") !== null)
      return [
        {
          ...common,
          array: null,
          device,
          dataFromBytes: sectors("Data Offset"),
          superblockFromBytes: sectors("Super Offset") ?? SUPERBLOCK_FROM[version] ?? null,
        },
      ];
    const rows = [...part.matchAll(/^\s+\d+\s+\d+\s+\d+\s+\S+\s+.*?(\/dev\/\S+)$/gm)];
    return rows.map(([, member]) => ({
      ...common,
      array: device,
      device: member!,
      dataFromBytes: null,
      superblockFromBytes: SUPERBLOCK_FROM[version] ?? null,
    }));
  });
}

/** What --detail and --examine tell of the same members, together. */
export function joinedMembers(members: readonly ArrayMember[]): readonly ArrayMember[] {
  const arrays = new Map(
    members.flatMap(({ uuid, array }) => (uuid === null || array === null ? [] : [[uuid, array]])),
  );
  const byDevice = new Map<string, ArrayMember>();
  for (const member of members) {
    const known = byDevice.get(member.device);
    byDevice.set(member.device, {
      ...member,
      array: known?.array ?? member.array ?? arrays.get(member.uuid ?? "") ?? null,
      dataFromBytes: member.dataFromBytes ?? known?.dataFromBytes ?? null,
      superblockFromBytes: member.superblockFromBytes ?? known?.superblockFromBytes ?? null,
      arrayBytes: member.arrayBytes ?? known?.arrayBytes ?? null,
    });
  }
  return [...byDevice.values()];
}

export function superblockPieces({ superblockFromBytes }: ArrayMember): Piece[] {
  if (superblockFromBytes === null) return [];
  return [piece("md superblock", "raidMetadata", [[superblockFromBytes, SUPERBLOCK_BYTES]])];
}
