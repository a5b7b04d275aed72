import { TraceError } from "../model/errors.ts";

const NS_PER_DAY = 86_400_000_000_000n;

function isoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** The date that the site shows: SOURCE_DATE_EPOCH, else that of the newest recording, else none. */
export function siteDate(startsUnixNs: readonly (string | null)[], sourceDateEpoch: string | undefined): string | null {
  if (sourceDateEpoch !== undefined && sourceDateEpoch !== "") {
    if (/^\d{1,11}$/.test(sourceDateEpoch)) return isoDate(Math.floor(Number(sourceDateEpoch) / 86_400));
    const cure = "expected seconds since 1970 as a whole number";
    throw new TraceError({ file: "SOURCE_DATE_EPOCH" }, "invalid", `value "${sourceDateEpoch}"`, cure);
  }
  const days = startsUnixNs.filter((start) => start !== null).map((start) => BigInt(start) / NS_PER_DAY);
  return days.length === 0 ? null : isoDate(Math.max(...days.map(Number)));
}
