import type { Foreign } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";

const HEADER = /^TIME\(ms\)\s+(DISK\s+|DISK ID\s+)?COMM\s+PID\s+LAT\(ms\)\s*$/;
const LINE = /^-?\d+\.\d{6}\s+\S.*\s\d+\s+\S+\s+[RWDFN][A-Z]*\s+-?\d+\s+\d+\s.*\d\.\d{2,3}$/;

/** Output of biosnoop that lacks what places its requests. */
export const placelessBiosnoop: Foreign = {
  id: "placelessBiosnoop",
  recognise: (head) => {
    const lines = headLines(head);
    if (lines.some((line) => HEADER.test(line)))
      return {
        what: "output of bpftrace's biosnoop.bt, which writes no sectors, so it says nowhere on the disk",
        cure: "record with biosnoop of libbpf-tools or bcc, or with the bpftrace script of the guide",
      };
    if (lines.length < 2 || !lines.every((line) => LINE.test(line))) return null;
    return {
      what: "lines of biosnoop without the header that names their columns",
      cure: 'put it before them: "TIME(s) COMM PID DISK T SECTOR BYTES LAT(ms)", with QUE(ms) or P where they have it',
    };
  },
};
