import { describe, expect, it } from "vitest";
import { TraceError } from "../../src/model/errors.ts";
import { inTurn } from "../../src/work/inTurn.ts";
import { asTraceError, failureOf } from "../../src/work/outcome.ts";
import { outlineOf } from "../../src/work/outline.ts";
import { pairsOf } from "../../src/work/pairs.ts";
import type { TraceRead } from "../../src/work/readTrace.ts";
import { severalAtATime } from "../../src/work/severalAtATime.ts";
import { openShelf } from "../../src/work/shelf.ts";
import { siteDate } from "../../src/work/siteDate.ts";
import { HELLO, summaryOf } from "../report/fixture.ts";

describe("siteDate", () => {
  it("is the day of the newest recording", () => {
    expect(siteDate(["1700000000000000000", null, "1763769600000000001"], undefined)).toBe("2025-11-22");
  });

  it("is SOURCE_DATE_EPOCH where that is set", () => {
    expect(siteDate(["1763769600000000000"], "86400")).toBe("1970-01-02");
  });

  it("is nothing where nothing says so", () => {
    expect(siteDate([null], "")).toBeNull();
  });

  it("refuses what is no number of seconds", () => {
    expect(() => siteDate([], "today")).toThrow('SOURCE_DATE_EPOCH: invalid value "today"; expected seconds');
  });
});

describe("failureOf", () => {
  it("keeps place, fact and cure of a user's mistake, and gives the same error back", () => {
    const error = new TraceError({ file: "sda: x.txt", line: 12 }, "invalid", 'sector "12x4"', "expected a number");
    const failure = failureOf(error, "x");
    expect(failure).toEqual({
      message: 'sda: x.txt:12: invalid sector "12x4"; expected a number',
      place: "sda: x.txt:12",
      what: 'invalid sector "12x4"',
      cure: "expected a number",
    });
    expect(asTraceError(failure).message).toBe(error.message);
  });

  it("says that another error is our fault", () => {
    expect(failureOf(new RangeError("x is not y"), "a.qtr").message).toBe(
      "a.qtr: unsupported case: x is not y; this is a fault of blkreport, please report it with the trace",
    );
  });
});

describe("inTurn", () => {
  it("begins each step when the one before has ended, also after one that failed", async () => {
    const log: string[] = [];
    const run = inTurn();
    const step = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      log.push(`${name} ends`);
      if (name === "a") throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([run(step("a")), run(step("b"))]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });
});

describe("severalAtATime", () => {
  it("runs as many steps as it may, and the others as soon as one has ended", async () => {
    const run = severalAtATime(2);
    let running = 0;
    const most: number[] = [];
    const step = (result: number) => async () => {
      most.push(++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return result;
    };
    expect(await Promise.all([1, 2, 3, 4, 5].map((result) => run(step(result))))).toEqual([1, 2, 3, 4, 5]);
    expect(Math.max(...most)).toBe(2);
  });

  it("begins none after one has failed", async () => {
    const run = severalAtATime(1);
    const begun: string[] = [];
    const step = (name: string) => async () => {
      begun.push(name);
      throw new Error(name);
    };
    const results = await Promise.allSettled([run(step("a")), run(step("b"))]);
    expect(begun).toEqual(["a"]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

describe("openShelf", () => {
  it("makes again what is not among the latest, and only that", () => {
    const shelve = openShelf(2);
    const made: string[] = [];
    const again = (name: string) => () => {
      made.push(name);
      return name;
    };
    const [a, b, c] = ["a", "b", "c"].map((name) => shelve(again(name), name));
    expect([c!(), b!(), a!(), a!(), b!(), c!()]).toEqual([..."cbaabc"]);
    expect(made).toEqual(["a", "c"]);
  });

  it("makes what was not there when it is asked for, and not before", () => {
    let made = 0;
    const held = openShelf(1)(() => ++made);
    expect([made, held(), held()]).toEqual([0, 1, 1]);
  });
});

describe("pairsOf", () => {
  const read = (slug: string, ...baselines: string[]): TraceRead => {
    const summary = summaryOf(HELLO, { trace: { slug, baselines } });
    return { ok: true, path: `${slug}.qtr`, key: slug, ...outlineOf(summary), summary };
  };
  const broken = (slug: string): TraceRead => ({
    ok: false,
    slug,
    group: "",
    title: slug,
    message: "",
    place: "",
    what: "",
    cure: "",
    files: [],
  });

  it("are the baselines of side files and the configured comparisons, each once", () => {
    const comparisons = [
      ["a", "b"],
      ["b", "a"],
    ];
    const { pairs, failures } = pairsOf({ comparisons }, [read("a"), read("b", "a"), read("c", "a", "b", "x")]);
    expect(pairs.map(({ a, b }) => `${a}..${b}`)).toEqual(["a..b", "a..c", "b..c", "b..a"]);
    expect(failures.map(({ message }) => message)).toEqual(['c.qtr.json: unknown trace "x"; the traces are a, b, c']);
  });

  it("leave out a trace that could not be read, with a notice", () => {
    const { pairs, notices } = pairsOf({}, [read("a"), broken("b"), read("c", "a", "b")]);
    expect(pairs).toEqual([{ a: "a", b: "c" }]);
    expect(notices).toEqual(["the comparison b..c is left out: b could not be read"]);
  });
});
