import type { EventArguments } from "../eventArguments.ts";
import { EventForm } from "../eventForm.ts";
import type { QemuTrace } from "../qemuTrace.ts";

/** Takes an event into the trace; false where its numbers make no sense, and then has done nothing. */
type Take = (trace: QemuTrace, event: EventArguments) => boolean;

/** An event that tells of requests, as some versions of qemu write it. */
export interface KnownEvent {
  readonly name: string;
  readonly form: EventForm;
  readonly take: Take;
}

export function event(name: string, template: string, take: Take): KnownEvent {
  return { name, form: new EventForm(template), take };
}

/** The errno of what qemu calls `ret`: negative where it failed. */
export function errnoOf(ret: number): number {
  return ret < 0 ? -ret : 0;
}
