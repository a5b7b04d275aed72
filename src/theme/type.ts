/** The family name of the shipped subsets of Source Sans 3 (the original name is reserved by its licence). */
export const FONT = "blkreport";
/** Size of all text inside a plot. */
export const CHART_TEXT_PX = 12;
