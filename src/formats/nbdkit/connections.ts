import type { TraceBuilder } from "../../model/builder.ts";
import type { OpenRequests } from "./openRequests.ts";
import { SlotsById } from "./slotsById.ts";

/** Clients that never disconnect are forgotten, the oldest first, beyond so many. */
const MOST_CONNECTIONS = 65536;

/** A client of nbdkit: the device it uses, and its requests that have not returned. */
export interface Connection {
  readonly device: number;
  /** The slots of its open requests, by the requests' ids. */
  readonly open: SlotsById;
}

/** The clients that are connected, by nbdkit's numbers. */
export class Connections {
  readonly #out: TraceBuilder;
  readonly #open: OpenRequests;
  readonly #connections = new Map<number, Connection>();
  #oldestFirst = this.#connections.keys();
  /** What was found last: most lines are of the same connection as the line before. */
  #latestNumber = Number.NaN;
  #latest: Connection | undefined;

  constructor(out: TraceBuilder, open: OpenRequests) {
    this.#out = out;
    this.#open = open;
  }

  find(number: number): Connection | undefined {
    if (number !== this.#latestNumber) {
      this.#latest = this.#connections.get(number);
      this.#latestNumber = number;
    }
    return this.#latest;
  }

  /** Begins a connection, in place of an earlier one with the number. */
  begin(number: number, device: number): Connection {
    this.end(number);
    if (this.#connections.size === MOST_CONNECTIONS) this.end(this.#oldest());
    const connection = { device, open: new SlotsById() };
    this.#connections.set(number, connection);
    this.#latestNumber = Number.NaN;
    return connection;
  }

  /** A map goes through all that was deleted before its first key: one iterator goes through it once. */
  #oldest(): number {
    for (;;) {
      const { done, value } = this.#oldestFirst.next();
      if (!done) return value;
      this.#oldestFirst = this.#connections.keys();
    }
  }

  /** Requests that a connection leaves open never return: a log that is appended to counts connections from 1 again. */
  end(number: number): void {
    const connection = this.#connections.get(number);
    if (connection === undefined) return;
    this.#out.quality.unmatchedIssues += connection.open.size;
    for (const slot of connection.open.slots()) this.#open.close(slot);
    this.#connections.delete(number);
    this.#latestNumber = Number.NaN;
  }

  endAll(): void {
    for (const number of this.#connections.keys()) this.end(number);
  }
}
