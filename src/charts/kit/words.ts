import { countText, shareText } from "../../model/quantities.ts";

/** Below so many, "2 of 65" says more than a percentage. */
const FEWEST_FOR_PERCENT = 100;

/** "2 of 65", or "12 %" from a hundred on. */
export function shareOf(count: number, total: number): string {
  return total < FEWEST_FOR_PERCENT ? `${countText(count)} of ${countText(total)}` : shareText(count / total);
}

/** "2 of 65 requests", or "12 % of requests". */
export function shareOfNamed(count: number, total: number, plural: string): string {
  const share = shareOf(count, total);
  return total < FEWEST_FOR_PERCENT ? `${share} ${plural}` : `${share} of ${plural}`;
}
