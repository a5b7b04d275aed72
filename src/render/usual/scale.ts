import type { Channel, Row, Scale } from "./usualSpec.ts";

type Transform = (value: number) => number;

/** Where a row stands, in pixels. */
export function pixelsOf({ field, scale }: Channel): (row: Row) => number {
  if (scale === null) return (row) => row[field] as number;
  const by = pixelsBy(scale);
  return (row) => by(row[field] as number);
}

/** In the steps in which Vega's scales go, so that the last bits are theirs. */
export function pixelsBy(scale: Scale): Transform {
  const transform = transformOf(scale);
  const least = Math.min(...scale.domain);
  const most = Math.max(...scale.domain);
  const isAscending = least === scale.domain[0];
  const [from, to] = isAscending ? scale.range : [scale.range[1], scale.range[0]];
  const start = transform(least);
  const length = transform(most) - start;
  return (value) => {
    const clamped = Math.max(least, Math.min(most, value));
    const share = length === 0 ? 0.5 : (transform(clamped) - start) / length;
    return from * (1 - share) + to * share;
  };
}

function transformOf({ type, constant = 1 }: Scale): Transform {
  if (type === "linear") return (value) => value;
  if (type === "log") return Math.log;
  return (value) => Math.sign(value) * Math.log1p(Math.abs(value / constant));
}
