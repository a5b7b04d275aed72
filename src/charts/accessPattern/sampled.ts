import type { Reuse } from "../../analysis/metrics/reuse.ts";
import { countText } from "../../model/quantities.ts";

/** What stands in an answer whose figures come from a sample; nothing where all blocks were followed. */
export function sampleWords({ exact, sampleRate }: Reuse): string {
  return exact ? "" : ` (estimated from one block in ${countText(1 / sampleRate)})`;
}
