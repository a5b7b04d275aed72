import { FIO_LOG_VALUES, type FioLogValue } from "../../model/format.ts";

/** What the file is called after, as fio names its logs: `db_clat.1.log`. */
export function valueInName(name: string): FioLogValue | undefined {
  const ending = /_(lat|clat|slat|bw|iops)(\.\d+)?\.log/.exec(name)?.[1];
  return FIO_LOG_VALUES.find((value) => value === ending);
}
