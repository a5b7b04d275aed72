import { GUEST_EVENTS, NBD_SERVER_EVENTS } from "../../formats/qemu/wantedEvents.ts";
import { AskedWrongly } from "./askedWrongly.ts";
import { GUESTFISH_ENV, guestfishRun } from "./guestfishRun.ts";
import { imageSteps } from "./nbdkit.ts";
import { type Argv, type Plan, type Step, WORK } from "./plan.ts";
import { isGuestfish, programOf, type Question } from "./question.ts";
import { shellWord } from "./shell.ts";

/** What this machine's qemu is. */
export interface QemuFacts {
  /** The qemu that libguestfs starts. */
  readonly hypervisor: string;
  /** The names of its trace events; null: it was not asked. */
  readonly events: ReadonlySet<string> | null;
}

/** The events of which requests are made, at every layer: the reader counts one of them. Each version of qemu has some of these. */
export const WANTED_EVENTS = [
  ...GUEST_EVENTS,
  "pci_nvme_read",
  "pci_nvme_write",
  "pci_nvme_rw_cb",
  ...NBD_SERVER_EVENTS,
  "nbd_send_request",
] as const;

const EVENTS = `${WORK}/events`;
const LOG = `${WORK}/trace.log`;
const WRAPPER = `${WORK}/qemu`;
const TRACE = `events=${EVENTS},file=${LOG}`;

/** qemu's own trace events: of the appliance that libguestfs starts, or of a program of qemu. */
export function planQemu(question: Question, facts: QemuFacts): Plan {
  const client = clientOf(question, facts);
  const events = WANTED_EVENTS.filter((name) => facts.events === null || facts.events.has(name));
  return {
    format: "qemuTrace",
    before: [
      ...imageSteps(question),
      { does: "write", path: EVENTS, text: events.map((name) => `${name}\n`).join("") },
      ...client.steps,
    ],
    command: { argv: client.argv, env: client.env },
    after: [],
    recorded: LOG,
    trace: `${question.place}.log`,
    spans: client.spans,
  };
}

/** How a program of qemu takes trace options; null: it is no program of qemu. */
export function qemuKind(command: Argv): "tool" | "system" | null {
  const program = programOf(command);
  if (/^qemu-(img|io|nbd|storage-daemon)$/.test(program)) return "tool";
  return /^(qemu-system-.+|qemu-kvm|kvm)$/.test(program) ? "system" : null;
}

interface Client {
  readonly steps: readonly Step[];
  readonly argv: Argv;
  readonly env: Readonly<Record<string, string>>;
  readonly spans: readonly string[];
}

function clientOf(question: Question, facts: QemuFacts): Client {
  const { command, disk, marks } = question;
  if (isGuestfish(command)) {
    if (disk === null) throw new AskedWrongly("missing --disk FILE: the image that guestfish works on");
    const { step, env, ...run } = guestfishRun(question, [disk]);
    return { steps: [wrapper(facts), step], env: { ...env, LIBGUESTFS_HV: WRAPPER }, ...run };
  }
  if (marks.length > 0)
    throw new AskedWrongly(
      "unsupported --mark: with --via qemu it marks commands of guestfish, and this is another program",
    );
  if (disk !== null)
    throw new AskedWrongly(
      "unsupported --disk: with --via qemu it is for guestfish; other programs name their disks themselves",
    );
  const [program, ...words] = command;
  const kind = qemuKind(command);
  const own = { steps: [], env: {}, spans: [] };
  if (kind === "tool") return { ...own, argv: [program, "-T", TRACE, ...words] };
  if (kind === "system") return { ...own, argv: [program, ...words, "-msg", "timestamp=on", "-trace", TRACE] };
  return { ...own, steps: [wrapper(facts)], argv: command, env: { ...GUESTFISH_ENV, LIBGUESTFS_HV: WRAPPER } };
}

/** libguestfs also asks its qemu what it can do: there is no disk then. */
function wrapper({ hypervisor }: QemuFacts): Step {
  const text = `#!/bin/sh
case " $* " in
*" -drive "*|*" -blockdev "*) set -- "$@" -msg timestamp=on -trace ${TRACE};;
esac
exec ${shellWord(hypervisor)} "$@"
`;
  return { does: "write", path: WRAPPER, text, executable: true };
}
