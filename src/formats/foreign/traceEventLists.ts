import type { Foreign } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { fitting } from "./kinds.ts";

const NAME = /^-?[a-z][a-z0-9]*(_[a-z0-9*]+)+$/;
const DEFINITION = /^(disable )?(vcpu )?[a-z]\w+\(.*\) "/;

/** Files that qemu's tracing reads, and that hold no events. */
export const traceEventLists: Foreign = {
  id: "traceEventLists",
  recognise: (head) => {
    if (headLines(head).length > 0 && fitting(head, NAME).share === 1)
      return { what: "a list of trace events that qemu is to record", cure: "give what -trace file=… wrote" };
    const isDefinitions = fitting(head, DEFINITION).count > 0 || headLines(head)[0]?.includes("docs/devel/tracing");
    return isDefinitions
      ? { what: "the definitions of qemu's trace events", cure: "give what -trace file=… wrote" }
      : null;
  },
};
