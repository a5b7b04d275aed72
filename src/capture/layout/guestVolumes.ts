import { type PhysicalVolume, parseLvs, parsePvs, type VolumeSegment } from "../../layout/lvm.ts";
import { TraceError } from "../../model/errors.ts";
import { outputOf } from "./runTool.ts";

/** The volumes in an image, as LVM tells of them inside the appliance of guestfish: outside, LVM takes no files. */
export async function guestVolumes(
  image: string,
): Promise<{ readonly physical: readonly PhysicalVolume[]; readonly segments: readonly VolumeSegment[] }> {
  const script = [
    "run",
    "echo begin-pvs",
    'debug sh "pvs --reportformat json --units b -o pv_name,vg_name,pe_start"',
    "echo begin-lvs",
    'debug sh "lvs -a --segments --reportformat json --units b -o lv_name,vg_name,segtype,seg_start,seg_size,seg_pe_ranges"',
    "",
  ].join("\n");
  const output = await outputOf("guestfish", ["--ro", "--format=raw", "-a", image], {
    input: script,
    env: { LIBGUESTFS_BACKEND: process.env["LIBGUESTFS_BACKEND"] ?? "direct" },
  });
  const [, pvs, lvs] = /^begin-pvs\n(.*)^begin-lvs\n(.*)$/ms.exec(output) ?? [];
  if (pvs === undefined || lvs === undefined)
    throw new TraceError({ file: "guestfish" }, "invalid", "output", "run libguestfs-test-tool to see what is wrong");
  return { physical: parsePvs(pvs, "pvs in guestfish"), segments: parseLvs(lvs, "lvs in guestfish") };
}
