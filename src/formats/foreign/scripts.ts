import type { Foreign } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { fitting } from "./kinds.ts";

const RUN_IT = "run it, and give what was recorded meanwhile";
const GUESTFISH =
  /^(-?(add|add-drive|run|launch|mount|umount|umount-all|part-\w+|mkfs|mke2fs|pvcreate|vgcreate|lvcreate|write|mkdir|touch|sync|tar-in|copy-in|fill|fallocate|rm|rm-rf|e2fsck\S*|resize2fs\S*|debug|ll|cat|list-\w+|blockdev-\w+|btrfs-\S+|fstrim|shutdown|exit|quit)( |$))/;

const SHELL =
  /^(export|cd|set|for|while|if|fi|done|then|else|return|echo|\.|local) |^\s*((fi|done|esac)\b|\})|&&|\|\||\$[\w({@#?]|^\w+ ?\(\) ?(\{|$)|;\s*$/;
const SHOWN = /^\++ \S|^rc=\d+/;

/** What tells a program what to do. */
export const scripts: Foreign = {
  id: "scripts",
  recognise: (head) => {
    const [first = ""] = headLines(head);
    if (first.startsWith("#!")) return { what: "a script", cure: RUN_IT };
    if (/^\[[\w-]+\]$/.test(first) && fitting(head, /^[\w-]+(=\S.*)?$/).count > 0)
      return {
        what: "a file of settings, as fio's jobs are",
        cure: "run it with fio --write_iolog, and give what that wrote",
      };
    if (
      fitting(head, /^(kprobe|kretprobe|kfunc|kretfunc|fentry|fexit|tracepoint|rawtracepoint|BEGIN|END)\b.*\{?/).count >
      0
    )
      return { what: "a script of bpftrace", cure: RUN_IT };
    if (fitting(head, SHOWN).share >= 0.5)
      return { what: "what a shell showed of its commands", cure: "give what was recorded meanwhile" };
    if (fitting(head, SHELL).share >= 0.5) return { what: "commands for a shell", cure: RUN_IT };
    return fitting(head, GUESTFISH).share > 0.5 ? { what: "commands for guestfish", cure: RUN_IT } : null;
  },
};
