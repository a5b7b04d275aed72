import { AskedWrongly } from "./askedWrongly.ts";
import { guestfishRun } from "./guestfishRun.ts";
import { type Argv, type Plan, type Step, WORK } from "./plan.ts";
import { isGuestfish, type Question, URI_WORD } from "./question.ts";

const SOCKET = `${WORK}/nbd.sock`;
const PID_FILE = `${WORK}/nbd.pid`;
const LOG = `${WORK}/trace.log`;

/** How a client reaches the disk. */
const URI = `nbd+unix:///?socket=${SOCKET}`;

/** nbdkit's log filter below whatever reads and writes the disk. */
export function planNbdkit(question: Question): Plan {
  const { disk, place } = question;
  if (disk === null) throw new AskedWrongly("missing --disk FILE: the image that nbdkit serves");
  const client = isGuestfish(question.command) ? guestfishClient(question) : otherClient(question);
  return {
    format: "nbdkitLog",
    before: [...imageSteps(question), server(disk), ...client.steps],
    command: { argv: client.argv, env: { ...client.env, NBD_URI: URI } },
    after: [{ does: "stop" }],
    recorded: LOG,
    trace: `${place}.log`,
    spans: client.spans,
  };
}

/** The image, where it is to be made first. */
export function imageSteps({ disk, createBytes }: Question): Step[] {
  return disk === null || createBytes === null ? [] : [{ does: "createImage", path: disk, bytes: createBytes }];
}

/** It writes its pid when clients may come. */
function server(disk: string): Step {
  const place = ["-U", SOCKET, "-P", PID_FILE];
  const argv: Argv = [
    "nbdkit",
    "--exit-with-parent",
    ...place,
    "--filter=log",
    "file",
    `file=${disk}`,
    `logfile=${LOG}`,
  ];
  return { does: "start", argv, until: PID_FILE, stopWith: "SIGTERM" };
}

interface Client {
  readonly steps: readonly Step[];
  readonly argv: Argv;
  readonly env: Readonly<Record<string, string>>;
  readonly spans: readonly string[];
}

function guestfishClient(question: Question): Client {
  const { step, ...run } = guestfishRun(question, ["", "protocol:nbd", `server:unix:${SOCKET}`]);
  return { steps: [step], ...run };
}

function otherClient({ command: [program, ...words], marks }: Question): Client {
  if (marks.length > 0)
    throw new AskedWrongly(
      "unsupported --mark: with --via nbdkit it marks commands of guestfish, and this is another program",
    );
  return { steps: [], argv: [program, ...words.map((word) => word.replaceAll(URI_WORD, URI))], env: {}, spans: [] };
}
