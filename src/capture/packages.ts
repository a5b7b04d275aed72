/** The package that brings a program, as each distribution calls it; Ubuntu's are Debian's. */
interface Packages {
  readonly debian: string;
  readonly fedora: string;
  readonly arch: string;
}

const everywhere = (name: string): Packages => ({ debian: name, fedora: name, arch: name });

const QEMU_TOOLS: Packages = { debian: "qemu-utils", fedora: "qemu-img", arch: "qemu-img" };
const QEMU_SYSTEM: Packages = { debian: "qemu-system-x86", fedora: "qemu-system-x86", arch: "qemu-system-x86" };
const LIBNBD: Packages = { debian: "libnbd-bin", fedora: "libnbd", arch: "libnbd" };

const PACKAGES: Readonly<Record<string, Packages>> = {
  nbdkit: everywhere("nbdkit"),
  guestfish: { debian: "libguestfs-tools", fedora: "libguestfs", arch: "libguestfs" },
  nbdcopy: LIBNBD,
  nbdinfo: LIBNBD,
  nbdsh: { debian: "python3-libnbd", fedora: "python3-libnbd", arch: "libnbd" },
  "qemu-img": QEMU_TOOLS,
  "qemu-io": QEMU_TOOLS,
  "qemu-nbd": QEMU_TOOLS,
  "qemu-system-x86_64": QEMU_SYSTEM,
  blktrace: everywhere("blktrace"),
  sfdisk: { debian: "fdisk", fedora: "util-linux", arch: "util-linux" },
  lsblk: everywhere("util-linux"),
  blkid: everywhere("util-linux"),
  blockdev: everywhere("util-linux"),
  losetup: { debian: "mount", fedora: "util-linux", arch: "util-linux" },
  dumpe2fs: everywhere("e2fsprogs"),
  debugfs: everywhere("e2fsprogs"),
  filefrag: everywhere("e2fsprogs"),
  pvs: everywhere("lvm2"),
  lvs: everywhere("lvm2"),
  dmsetup: { debian: "dmsetup", fedora: "device-mapper", arch: "device-mapper" },
  mdadm: everywhere("mdadm"),
  xfs_db: everywhere("xfsprogs"),
  btrfs: everywhere("btrfs-progs"),
  "fsck.fat": everywhere("dosfstools"),
  mdir: everywhere("mtools"),
  mshowfat: everywhere("mtools"),
  dd: everywhere("coreutils"),
  truncate: everywhere("coreutils"),
};

/** How a missing program is had: what a message says behind its semicolon. */
export function howToInstall(program: string): string {
  const packages = PACKAGES[program];
  if (packages === undefined) return "install it, or write its path";
  const names = [
    ["Debian, Ubuntu", packages.debian],
    ["Fedora", packages.fedora],
    ["Arch", packages.arch],
  ] as const;
  const different = [...new Set(names.map(([, name]) => name))];
  const said = different.map((name) => {
    const systems = names.filter((one) => one[1] === name).map(([system]) => system);
    return `${name} (${systems.join(", ")})`;
  });
  return `install ${said.join(" or ")}`;
}
