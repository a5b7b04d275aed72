/** Round numbers along an axis: 0, step, 2 step … up to max. */
export interface Steps {
  readonly step: number;
  readonly max: number;
}

function stepsOf(step: number, largest: number): Steps {
  return { step, max: Math.max(1, Math.ceil(largest / step - 1e-9)) * step };
}

/** Steps of 1, 2 or 5 × a power of ten: as many as fit, `most` at most. */
export function decimalSteps(largest: number, most: number): Steps {
  if (!(largest > 0)) return { step: 1, max: 1 };
  const power = 10 ** Math.floor(Math.log10(largest / most));
  const factor = [1, 2, 5].find((each) => largest / (each * power) <= most + 1e-9) ?? 10;
  return stepsOf(factor * power, largest);
}

/** Steps of a power of two, for bytes. */
export function binarySteps(largest: number, most: number): Steps {
  let step = 1;
  while (largest / step > most) step *= 2;
  return stepsOf(step, largest);
}

/** Steps of whole numbers, for counts. */
export function wholeSteps(largest: number, most: number): Steps {
  return stepsOf(Math.max(1, decimalSteps(largest, most).step), largest);
}

export function stepValues({ step, max }: Steps): number[] {
  return Array.from({ length: Math.round(max / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** The multiples of `step` between two numbers. */
export function multiplesWithin(step: number, from: number, to: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(15)));
}
