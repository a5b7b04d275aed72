import { byMagic } from "./kinds.ts";

const NO_READER = "record the disk with blktrace, or trace-cmd record -e block";

/** Traces of other kinds, which another program makes readable, or which have another content. */
export const binaryTraces = byMagic("binaryTraces", [
  // https://github.com/rostedt/trace-cmd/blob/master/Documentation/trace-cmd/trace-cmd.dat.v7.5.txt
  {
    magic: "\x17\x08\x44tracing",
    what: "trace-cmd's own file (trace.dat)",
    cure: "trace-cmd report -t -i trace.dat > trace.txt makes it readable",
  },
  // https://github.com/torvalds/linux/blob/master/tools/perf/Documentation/perf.data-file-format.txt
  ...["PERFILE2", "2ELIFREP"].map((magic) => ({
    magic,
    what: "perf's own file (perf.data)",
    cure: "perf script --ns -i perf.data > trace.txt makes it readable",
  })),
  // https://diamon.org/ctf/v1.8.3/: packets of a stream, and of the metadata, in either byte order
  ...[
    [0xc1, 0x1f, 0xfc, 0xc1],
    [0xc1, 0xfc, 0x1f, 0xc1],
    [0x57, 0x1d, 0xd1, 0x75],
    [0x75, 0xd1, 0x1d, 0x57],
  ].map((magic) => ({ magic, what: "a part of a CTF trace (LTTng), which has no reader here", cure: NO_READER })),
  { magic: "/* CTF ", what: "the metadata of a CTF trace (LTTng), which has no reader here", cure: NO_READER },
  // https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/ and pcapng
  ...[
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0xa1, 0xb2, 0xc3, 0xd4],
    [0x4d, 0x3c, 0xb2, 0xa1],
    [0xa1, 0xb2, 0x3c, 0x4d],
    [0x0a, 0x0d, 0x0d, 0x0a],
  ].map((magic) => ({
    magic,
    what: "a capture of network packets",
    cure: "serve the disk with nbdkit --filter=log, or trace the disk behind the network",
  })),
]);
