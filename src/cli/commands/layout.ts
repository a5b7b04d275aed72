import { constants } from "node:os";
import { layoutOfFolder } from "../../capture/layout/layoutOfFolder.ts";
import { layoutOfImage } from "../../capture/layout/layoutOfImage.ts";
import { writeAtomic } from "../../io/atomic.ts";
import { KEPT_FILES } from "../../layout/folder.ts";
import { counted } from "../../model/quantities.ts";
import { layoutText } from "../../report/layoutFile.ts";
import { type Command, textOption, UsageError } from "../command.ts";
import { writeLine } from "../terminal.ts";

const KEPT = KEPT_FILES.map(([names, command]) => `  ${names.padEnd(26)} ${command}`).join("\n");

export const layout: Command = {
  help: `
What lies where on a disk: partitions, volumes, filesystems with their structures, files. Beside a trace, under the
name of the trace with .layout.json behind it, the layout names what each request of the trace touched.

IMAGE is an image of a disk, raw or qcow2; nothing is mounted, and it takes no root. It is read by sfdisk, blkid,
dumpe2fs, debugfs, xfs_db, btrfs, fsck.fat, mtools, mdadm, and volumes of LVM by guestfish: what is missing is named with
the package that brings it.

  --from DIR       not an image, but files with what the tools printed, on whatever machine:
${KEPT}
  -o FILE          where it goes (default: standard output)
  --device NAME    how the trace calls the disk of the image (default: the trace has only one); with --from,
                   only the devices of these names, for each of which it stands once
`,
  options: {
    from: { type: "string" },
    output: { type: "string", short: "o" },
    device: { type: "string", multiple: true },
  },
  async run(values, words) {
    const from = textOption(values, "from", "");
    const names = Array.isArray(values["device"]) ? values["device"].map(String) : [];
    const [image, ...more] = words;
    if (from === "" && image === undefined)
      throw new UsageError("missing IMAGE or --from DIR; see blkreport layout --help");
    if (more.length > 0 || (from !== "" && image !== undefined))
      throw new UsageError("layout takes one IMAGE, or --from DIR");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => process.exit(128 + constants.signals[signal]));
    const found = await (image === undefined
      ? layoutOfFolder(from, names[0] ?? null)
      : layoutOfImage(image, names[0] ?? null));
    for (const note of found.notes) writeLine(process.stderr, `blkreport: ${note}`);
    const devices = found.layout.devices.filter(({ device }) => names.length === 0 || names.includes(device ?? ""));
    for (const name of names)
      if (!devices.some(({ device }) => device === name)) {
        const known = found.layout.devices.map(({ device }) => device ?? "the disk").join(", ");
        throw new UsageError(`unknown --device "${name}"; something is known of ${known || "none"}`);
      }
    const text = layoutText({ ...found.layout, devices });
    const output = textOption(values, "output", "");
    if (output === "") process.stdout.write(text);
    else {
      writeAtomic(output, text);
      const structures = devices.reduce((sum, device) => sum + device.structures.length, 0);
      writeLine(process.stderr, `${counted(structures, "structure")} in ${output}`);
    }
    return 0;
  },
};
