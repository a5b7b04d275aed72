import type { TraceBuilder } from "../../model/builder.ts";
import type { OpenRequests } from "../text/openRequests.ts";

/** Clients that never disconnect are forgotten, the oldest first, beyond so many. */
const MOST_CONNECTIONS = 65536;

/** A client of nbdkit: the device it uses, and its requests that have not returned. */
export interface Connection {
  readonly device: number;
  /** From the request's id to its slot. */
  readonly open: Map<number, number>;
}

/** The clients that are connected, by nbdkit's numbers. */
export class Connections {
  readonly #out: TraceBuilder;
  readonly #open: OpenRequests;
  readonly #connections = new Map<number, Connection>();

  constructor(out: TraceBuilder, open: OpenRequests) {
    this.#out = out;
    this.#open = open;
  }

  find(number: number): Connection | undefined {
    return this.#connections.get(number);
  }

  /** Begins a connection, in place of an earlier one with the number. */
  begin(number: number, device: number): Connection {
    this.end(number);
    const [oldest] = this.#connections.keys();
    if (this.#connections.size === MOST_CONNECTIONS) this.end(oldest!);
    const connection = { device, open: new Map() };
    this.#connections.set(number, connection);
    return connection;
  }

  /** Requests that a connection leaves open never return: a log that is appended to counts connections from 1 again. */
  end(number: number): void {
    const connection = this.#connections.get(number);
    if (connection === undefined) return;
    this.#out.quality.unmatchedIssues += connection.open.size;
    for (const slot of connection.open.values()) this.#open.close(slot);
    this.#connections.delete(number);
  }

  endAll(): void {
    for (const number of this.#connections.keys()) this.end(number);
  }
}
