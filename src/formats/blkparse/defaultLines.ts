import { deviceNumber } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import type { EventLines } from "./eventLines.ts";
import { NumberRun } from "./numberRun.ts";
import type { Seconds } from "./seconds.ts";
import type { TextEvent } from "./textEvent.ts";
import { readWhat } from "./what.ts";

const DEVICE = { name: "device", expected: "major,minor" };
const TIME = { name: "time", expected: "seconds.nanoseconds" };
const NUMBER = "a whole number";

/** Reads lines as blkparse writes them: `major,minor cpu sequence seconds.nanoseconds pid`, and what happened. */
export class DefaultLines implements EventLines {
  readonly numbered = true;
  readonly #seconds: Seconds;
  readonly #numbers = new NumberRun([
    { ...DEVICE, followedBy: "," },
    { ...DEVICE, followedBy: " ", isRest: true },
    { name: "CPU", expected: NUMBER, followedBy: " " },
    { name: "sequence number", expected: NUMBER, followedBy: " " },
    { ...TIME, followedBy: "." },
    { ...TIME, followedBy: " ", digits: 9, isRest: true },
    { name: "process id", expected: NUMBER, followedBy: " " },
  ]);

  constructor(seconds: Seconds) {
    this.#seconds = seconds;
  }

  read(line: Line, event: TextEvent): boolean {
    if (!this.#numbers.read(line)) return false;
    const { values } = this.#numbers;
    event.device = deviceNumber(values[0]!, values[1]!);
    event.cpu = values[2]!;
    event.sequence = values[3]!;
    event.timeNs = this.#seconds.nanoseconds(values[4]!, values[5]!);
    event.pid = values[6]!;
    return readWhat(line, event);
  }
}
