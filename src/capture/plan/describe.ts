import type { Device } from "../../model/trace.ts";
import type { SideFile } from "../../report/sideFile.ts";
import { guestfishCommands } from "./guestfishRun.ts";
import { isGuestfish, type Question } from "./question.ts";
import { shellCommand } from "./shell.ts";

const LONGEST_COMMAND = 2000;

/** What is known of a recording besides its trace. */
export interface Circumstances {
  readonly title: string | null;
  readonly description: string | null;
  /** "nbdkit 1.32.5" */
  readonly recorder: string;
  /** What recorded it, as this program calls itself. */
  readonly by: string;
  readonly kernel: string | null;
  readonly recordedAt: Date;
  /** The exit status of the command. */
  readonly status: number;
  readonly interrupted: boolean;
  readonly spans: readonly string[];
  /** Facts of the traced device, by its id in the trace. */
  readonly devices: Readonly<Record<string, Partial<Omit<Device, "id">>>>;
  readonly partitions: readonly { readonly name: string; readonly startSector: number; readonly sectors: number }[];
}

/** What people wrote of the trace that this one replaces stays; what is recorded is told anew. */
const STAYS = ["title", "description", "tags", "filesystem", "host", "baseline", "history", "defaultScope"] as const;
const FAILED = "failed";
/** As people read it: what it is, what ran, with what, on what. */
const ORDER = [
  "title",
  "description",
  "command",
  "tags",
  "recorder",
  "recordedAt",
  "kernel",
  "host",
  "filesystem",
  "devices",
  "layout",
  "expectSpans",
  "defaultScope",
  "baseline",
  "history",
] as const;

/** The side file of what was recorded. */
export function describe(question: Question, circumstances: Circumstances, before: SideFile): SideFile {
  const { title, description, recorder, by, kernel, recordedAt, status, interrupted, spans } = circumstances;
  const kept = Object.fromEntries(STAYS.filter((key) => before[key] !== undefined).map((key) => [key, before[key]]));
  const tags = (before.tags ?? []).filter((tag) => tag !== FAILED);
  if (status !== 0) tags.push(FAILED);
  const ending = interrupted ? "It was interrupted" : `The command ended with exit status ${status}`;
  const side: SideFile = {
    ...kept,
    title: title ?? before.title ?? lastOf(question.place),
    description: description ?? before.description ?? `Recorded by ${by}. ${ending}.`,
    command: commandText(question),
    recorder,
    ...(kernel === null ? {} : { kernel }),
    recordedAt: `${recordedAt.toISOString().slice(0, 19)}Z`,
  };
  if (tags.length > 0) side.tags = tags;
  else delete side.tags;
  if (spans.length > 0) side.expectSpans = [...new Set(spans)];
  if (Object.keys(circumstances.devices).length > 0)
    side.devices = circumstances.devices as NonNullable<SideFile["devices"]>;
  if (circumstances.partitions.length > 0)
    side.layout = { partitions: namedAsBefore(circumstances.partitions, before) };
  return Object.fromEntries(ORDER.filter((key) => side[key] !== undefined).map((key) => [key, side[key]]));
}

/** A partition keeps the name that people gave it, where it lies at the same place. */
function namedAsBefore(partitions: Circumstances["partitions"], before: SideFile) {
  const known = before.layout?.partitions ?? [];
  return partitions.map((one) => {
    const { startSector, sectors } = one;
    return known.find((other) => other.startSector === startSector && other.sectors === sectors) ?? { ...one };
  });
}

function lastOf(place: string): string {
  return place.slice(place.lastIndexOf("/") + 1);
}

/** What was traced, as one would say it to somebody else. */
function commandText(question: Pick<Question, "command" | "guestfishInput">): string {
  const text = isGuestfish(question.command)
    ? `guestfish: ${guestfishCommands(question)
        .commands.map((one) => one.text)
        .join("; ")}`
    : shellCommand(question.command);
  return text.length <= LONGEST_COMMAND ? text : `${text.slice(0, LONGEST_COMMAND - 1)}…`;
}
