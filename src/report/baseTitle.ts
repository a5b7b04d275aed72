/** What stands behind the title of a trace that is the base of one of the same title. */
export const BASE_TITLE = " (base)";
