import { setFlagsFromString } from "node:v8";

const FLAG = "--heap-growing-percent";
const GROWTH_PERCENT = 50;
const USUAL = 0;

/**
 * Runs a step whose heap may exceed what lives in it by no more than a half: V8 would let it grow to four times that. All
 * threads of the process would feel it, so it is for when the workers are gone.
 */
export async function withModestHeap<T>(step: () => Promise<T>): Promise<T> {
  setFlagsFromString(`${FLAG}=${GROWTH_PERCENT}`);
  try {
    return await step();
  } finally {
    setFlagsFromString(`${FLAG}=${USUAL}`);
  }
}
