import { NumberRun } from "../blkparse/numberRun.ts";
import { Seconds } from "../blkparse/seconds.ts";
import type { TextEvent } from "../blkparse/textEvent.ts";
import { readWhat } from "../blkparse/what.ts";
import { deviceNumber } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import { DEVICE } from "./deviceField.ts";

const TIME = { name: "time", expected: "seconds.nanoseconds" };
const NUMBER = "a whole number";

/** The lines of the option blk_classic: `major,minor cpu seconds.nanoseconds pid`, and what happened. */
export class ClassicLines {
  readonly #seconds = new Seconds();
  readonly #numbers = new NumberRun([
    ...DEVICE,
    { name: "CPU", expected: NUMBER, followedBy: " " },
    { ...TIME, followedBy: "." },
    { ...TIME, followedBy: " ", digits: 9, isRest: true },
    { name: "process id", expected: NUMBER, followedBy: " " },
  ]);

  read(line: Line, event: TextEvent): boolean {
    if (!this.#numbers.read(line)) return false;
    const { values } = this.#numbers;
    event.device = deviceNumber(values[0]!, values[1]!);
    event.cpu = values[2]!;
    event.timeNs = this.#seconds.nanoseconds(values[3]!, values[4]!);
    event.pid = values[5]!;
    return readWhat(line, event);
  }
}
