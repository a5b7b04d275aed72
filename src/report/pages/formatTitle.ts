import { FORMATS } from "../../formats/index.ts";

/** What people call a format; a Summary from elsewhere may have one that is not registered here. */
export function formatTitle(id: string): string {
  return FORMATS.find((format) => format.id === id)?.title ?? id;
}
