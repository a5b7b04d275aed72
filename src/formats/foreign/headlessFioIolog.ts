import type { Foreign } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";

const LINE = /^(\d+ )?\S.* (add|open|close|(read|write|sync|datasync|trim) \d+ \d+)$/;

/** The lines of a fio iolog that begin in its middle. */
export const headlessFioIolog: Foreign = {
  id: "headlessFioIolog",
  recognise: (head) => {
    const lines = headLines(head);
    const requests = lines.filter((line) => /\d$/.test(line));
    if (requests.length < 2 || !lines.every((line) => LINE.test(line))) return null;
    return {
      what: "lines of a fio iolog without its first one",
      cure: 'put "fio version 3 iolog" before them, or "fio version 2 iolog" where no time leads the lines',
    };
  },
};
