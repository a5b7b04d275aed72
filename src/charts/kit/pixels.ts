/** To a tenth of a pixel, which is all that shows; keeps specs small and the same everywhere. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

export function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
