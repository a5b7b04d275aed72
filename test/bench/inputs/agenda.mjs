/** What is still to happen, the earliest first: a heap. No two entries come at the same time, nor before their turn. */
export class Agenda {
  #heap = [];
  #lastNs;
  #added = 0;

  constructor(startNs) {
    this.#lastNs = startNs;
  }

  add(entry) {
    entry.turn = this.#added++;
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent], entry)) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  next() {
    const heap = this.#heap;
    if (heap.length === 0) return null;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length > 0) sink(heap, last);
    if (first.step === undefined) {
      first.ns = Math.max(first.ns, this.#lastNs + 1);
      this.#lastNs = first.ns;
    }
    return first;
  }
}

function sink(heap, entry) {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
    if (!isBefore(heap[child], entry)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = entry;
}

function isBefore(a, b) {
  return a.ns < b.ns || (a.ns === b.ns && a.turn < b.turn);
}
