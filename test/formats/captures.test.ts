import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { headOf } from "../support/inputs.ts";

/** Real recordings, with all that lay about when they were made: layouts of disks, scripts, outputs of other tools. */
const CAPTURES = join(import.meta.dirname, "../../../shared/captures");

/** What each file is, by its name: the id of its format, or how the reason begins why it has none. */
const EXPECTED: readonly (readonly [name: RegExp, format: string | null, reason?: string])[] = [
  [/\.blktrace\.\d+$|(^|\/)(full\.)?merged\.bin$|\/pipe\.bin$/, "blktrace"],
  [
    /\/(pipe-)?blkparse(-v)?\.txt$|\/btrace-live\.txt$|\/full(-s|-t|-v|-with-summary|-custom-F-complete)?\.txt$/,
    "blkparse",
  ],
  [/\/ftrace\.txt$|\/report(-l-t|-raw)?\.txt$/, "ftrace"],
  [/\/ftrace-blk-tracer\.txt$/, "blkTracer"],
  [/\/bpftrace\.txt$/, "bpftrace"],
  [/\.iolog$/, "fioIolog"],
  [/\/nbdkit\.log$/, "nbdkitLog"],
  [/\/qemu-trace\.log$|\/qemu-img-\S+\.log$|\/qemu-io-trace-stderr\.txt$/, "qemuTrace"],
  [/\.simple(\.txt)?$|\.log-backend-same-run\.txt$/, "qemuTrace"],
  [/\.qtr$/, "qtr"],
  [/\/full-custom-f\.csv$/, null],

  [/\/trace\.dat$/, null, "trace-cmd's own file (trace.dat); trace-cmd report -t -i trace.dat"],
  [/\/(lsblk|lvs|pvs|vgs|sfdisk\S*)\.json$/, null, "JSON, in which no trace is written"],
  [/\/fio\S*\.json$|^fio-iolog\/\S+\.json$/, null, "fio's results as JSON"],
  [/\/fio\.out$/, null, "fio's results"],
  [/\/(full-)?btt(-A)?\.txt$/, null, "btt's statistics of a trace"],
  [/\/full-btt-per-io\.dat$/, null, "btt's steps of single requests"],
  [/\/blkparse-summary\.txt$/, null, "blkparse's summary, without the events"],
  [/\/full-blktrace\.out$/, null, "what blktrace prints when it ends"],
  [/\/full\.verify\.out$/, null, "what verify_blkparse prints"],
  [/\/dumpe2fs\S*\.txt$/, null, "dumpe2fs's description of a file system"],
  [/\/filefrag\.txt$/, null, "filefrag's list of extents"],
  [/\/xfs_info\S*\.txt$/, null, "xfs_info's description of a file system"],
  [/\/xfs_db\S*\.txt$/, null, "xfs_db's description of a file system"],
  [/\/btrfs-\S+\.txt$/, null, "btrfs's description of a file system"],
  [/\/md(adm|stat)\S*\.txt$/, null, "mdadm's description of an array"],
  [/\/dmsetup-table\.txt$/, null, "a device-mapper table"],
  [/\/nbdkit-stats\.txt$/, null, "the counts of nbdkit's stats filter"],
  [/\/qemu-img-bench\S*\.out$|\/qemu-io-stdout\.txt$/, null, "what qemu-img bench or qemu-io prints"],
  [/\.format$/, null, "the kernel's description of a trace event"],
  [/\/ev(ents|-\w+)?\.txt$/, null, "a list of trace events that qemu is to record"],
  [/\/trace-events-all$/, null, "the definitions of qemu's trace events"],
  [/\/block\.bt$/, null, "a script of bpftrace"],
  [/\.(guestfish|script)$/, null, "commands for guestfish"],
  [/\/(qwrap|vmrun|nbdcap|qcap)\.sh$|^vm\/init$/, null, "a script"],
  [/\/guestlib\.sh$|\/capenv\.sh$/, null, "commands for a shell"],
  // Whether these are told for what they are depends on what stands in them.
  [/\/guestfish\.out$|\/cmds?$|\.sh$|\/workload\.out$/, null],
  [/\/(start|end|build\.txt|queue\.txt|cgroup-ids\.txt|record\.out|dmsetup-tree\.txt)$|\.out$|^README\.md$/, null],
];

const isThere = existsSync(CAPTURES);
const names = isThere ? readdirSync(CAPTURES, { recursive: true, encoding: "utf8" }) : [];
const files = names.filter((name) => statSync(join(CAPTURES, name)).isFile()).sort();

const detected = (name: string, hints = {}) => detect(headOf(name, readFileSync(join(CAPTURES, name))), hints);

describe.runIf(isThere)("each file beside the real recordings", () => {
  it("is expected to be one thing", () => {
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((name) => !EXPECTED.some(([shape]) => shape.test(`${name}`)))).toEqual([]);
  });

  it.each(EXPECTED.map(([shape, format, reason = ""]) => ({ shape, format, reason })))(
    "$shape is $format $reason",
    (one) => {
      const expectation = EXPECTED.find(([shape]) => shape === one.shape);
      const mine = files.filter((name) => EXPECTED.find(([shape]) => shape.test(name)) === expectation);
      expect(mine).not.toEqual([]);
      for (const name of mine) {
        const { format, reason } = detected(name);
        expect([name, format?.id ?? null, reason]).toEqual([
          name,
          one.format,
          one.format ? reason : expect.stringContaining(one.reason),
        ]);
        expect(reason).toMatch(/^\S.*[^.]$/);
      }
    },
  );

  it("is read as what its side file says, where the content cannot tell", () => {
    const name = files.find((path) => path.endsWith("full-custom-f.csv"))!;
    const blkparseFormat = "%M,%m,%c,%s,%T.%t,%p,%a,%d,%S,%n,%N,%e,%C\\n";
    expect(detected(name, { blkparseFormat }).format?.id).toBe("blkparse");
  });
});
