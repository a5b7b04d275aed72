import { joined } from "./pieces.mjs";

/** The lines of a text, each with its end. */
export function linesOf(bytes) {
  const lines = [];
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(10, from);
    const to = feed < 0 ? bytes.length : feed + 1;
    lines.push(bytes.subarray(from, to));
    from = to;
  }
  return lines;
}

const BLKTRACE_HEADER = 48;
const BLKTRACE_MAGIC = 0x656174;

/** The records of a blktrace file, each with the text behind it; what is none is one piece at the end. */
export function blktraceRecordsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const records = [];
  let from = 0;
  while (from + BLKTRACE_HEADER <= bytes.length && view.getUint32(from, true) >>> 8 === BLKTRACE_MAGIC) {
    const to = from + BLKTRACE_HEADER + view.getUint16(from + 46, true);
    records.push(bytes.subarray(from, to));
    from = to;
  }
  return from < bytes.length ? [...records, bytes.subarray(from)] : records;
}

/** Records of one length. */
export function strides(length) {
  return (bytes) =>
    Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) => bytes.subarray(i * length, (i + 1) * length));
}

/** Changes of whole units: lines or records. `others` are those of a file of the same kind. */
const CHANGES = [
  [2, (units, { below }) => units.toSpliced(below(units.length), 1)],
  [1, (units, { below }) => units.toSpliced(below(units.length), 1 + below(units.length))],
  [2, (units, { below, oneOf }) => units.toSpliced(below(units.length + 1), 0, oneOf(units))],
  [
    1,
    (units, { below, oneOf }) =>
      units.toSpliced(below(units.length + 1), 0, ...Array(1 + below(40)).fill(oneOf(units))),
  ],
  [
    2,
    (units, { below }) => {
      const [a, b] = [below(units.length), below(units.length)];
      return units.with(a, units[b]).with(b, units[a]);
    },
  ],
  [
    2,
    (units, { below }, others) => {
      const from = below(others.length + 1);
      return units.toSpliced(below(units.length + 1), below(3), ...others.slice(from, from + 1 + below(5)));
    },
  ],
  [1, (units, { below }) => units.slice(0, below(units.length + 1))],
  [1, (units, { below }) => units.slice(below(units.length))],
];

export function changedUnits(bytes, rnd, other, unitsOf) {
  const units = unitsOf(bytes);
  if (units.length === 0) return bytes;
  return joined(...rnd.weighted(CHANGES)(units, rnd, unitsOf(other)));
}
