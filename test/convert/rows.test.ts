import { describe, expect, it } from "vitest";
import { JoinedRows } from "../../src/convert/rows.ts";
import { emptyCompletions, emptyRequests } from "../../src/model/emptyBatches.ts";

function requests(firstRow: number, count: number) {
  const batch = { ...emptyRequests(count), firstRow, length: count };
  for (let i = 0; i < count; i++) batch.offsetBytes[i] = (firstRow + i) * 512;
  return batch;
}

function completions(rows: readonly number[]) {
  const batch = { ...emptyCompletions(rows.length), length: rows.length };
  for (const [i, row] of rows.entries()) {
    batch.row[i] = row;
    batch.completeNs[i] = row * 1000;
  }
  return batch;
}

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

/** Joins; gives each row handed on with its time of completion, or null where none was known. */
function joining(mostWaiting?: number) {
  const handedOn: [row: number, completeNs: number | null][] = [];
  const joined = new JoinedRows(({ length, row, completed, completeNs }) => {
    for (let i = 0; i < length; i++) handedOn.push([row[i]!, completed[i] === 1 ? completeNs[i]! : null]);
  }, mostWaiting);
  return { joined, handedOn };
}

describe("requests and their completions", () => {
  it("are joined in the order of the requests, however the completions come", () => {
    const { joined, handedOn } = joining();
    joined.add(requests(0, 3), all(3));
    joined.complete(completions([2, 1]));
    joined.handOn();
    expect(handedOn).toEqual([]);
    joined.complete(completions([0]));
    joined.handOn();
    expect(handedOn).toEqual([
      [0, 0],
      [1, 1000],
      [2, 2000],
    ]);
  });

  it("are found where rows were left out, and completions of those are passed over", () => {
    const { joined, handedOn } = joining();
    joined.add(requests(0, 10), Uint32Array.of(1, 4, 9));
    joined.complete(completions([0, 9, 5, 4, 1]));
    joined.handOn();
    expect(handedOn).toEqual([
      [1, 1000],
      [4, 4000],
      [9, 9000],
    ]);
  });

  it("do not wait for ever: a request without a completion is handed on when too many stand behind it", () => {
    const { joined, handedOn } = joining(4);
    joined.add(requests(0, 4), all(4));
    joined.complete(completions([1, 2, 3]));
    joined.handOn();
    expect([handedOn.length, joined.notAwaited]).toEqual([0, 0]);
    joined.add(requests(4, 1), all(1));
    joined.handOn();
    expect(handedOn).toEqual([
      [0, null],
      [1, 1000],
      [2, 2000],
      [3, 3000],
    ]);
    expect(joined.notAwaited).toBe(1);
    joined.complete(completions([0]));
    joined.finish();
    expect(handedOn.at(-1)).toEqual([4, null]);
  });

  it("keep their places while the room for them grows and is used again", () => {
    const { joined, handedOn } = joining();
    for (let first = 0; first < 50_000; first += 1000) {
      joined.add(requests(first, 1000), all(1000));
      const done = Array.from({ length: 1000 }, (_, i) => first - 3000 + i).filter((row) => row >= 0);
      joined.complete(completions(done));
      joined.handOn();
    }
    joined.finish();
    expect(handedOn.map(([row]) => row)).toEqual(Array.from({ length: 50_000 }, (_, row) => row));
    expect(handedOn.filter(([row, ns]) => ns !== (row < 47_000 ? row * 1000 : null))).toEqual([]);
  });
});
