import { SECTOR_BYTES } from "../../model/units.ts";

/** bcc writes BYTES seven wide and no blank before the next number, which is seven wide as well: 1234.56. */
const GLUED = /^(\d{7,})(\d{4,}\.\d+)/;

/** How many digits of a field such as `13107201234.56` are the bytes; 0 where that is not certain. */
export function gluedBytes(field: string): number {
  if (!GLUED.test(field)) return 0;
  const whole = field.indexOf(".");
  const fitting: number[] = [];
  for (let digits = 7; digits <= whole - 4; digits++)
    if (field[digits] !== "0" && Number(field.slice(0, digits)) % SECTOR_BYTES === 0) fitting.push(digits);
  return fitting.length === 1 ? fitting[0]! : 0;
}
