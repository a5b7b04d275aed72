const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type Interrupting = (typeof SIGNALS)[number];

/** Ctrl-C and its like while something is recorded: nothing ends by itself, whoever waits is told. */
export interface Interruption {
  /** The first signal that came; null: none did. */
  readonly signal: Interrupting | null;
  /** Calls `told` for each signal from now on, and at once where one came already; gives what stops that. */
  each(told: (signal: Interrupting, times: number) => void): () => void;
  /** Signals do again what they did before. */
  end(): void;
}

export function listenForInterruption(): Interruption {
  let signal: Interrupting | null = null;
  let times = 0;
  const listeners = new Set<(signal: Interrupting, times: number) => void>();
  const take = (name: Interrupting) => {
    signal ??= name;
    times++;
    for (const told of listeners) told(name, times);
  };
  const takers = SIGNALS.map((name) => [name, () => take(name)] as const);
  for (const [name, taker] of takers) process.on(name, taker);
  return {
    get signal() {
      return signal;
    },
    each(told) {
      listeners.add(told);
      if (signal !== null) told(signal, times);
      return () => listeners.delete(told);
    },
    end() {
      for (const [name, taker] of takers) process.off(name, taker);
    },
  };
}
