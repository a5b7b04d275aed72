/** Counts steps while more of them become known. */
export interface Progress {
  expect(steps: number): void;
  done(what: string): void;
}

export function progressOf(report: (done: number, total: number, what: string) => void): Progress {
  let total = 0;
  let done = 0;
  return {
    expect: (steps) => {
      total += steps;
    },
    done: (what) => {
      done += 1;
      report(done, total, what);
    },
  };
}
