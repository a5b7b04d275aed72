import { csv } from "./csv.ts";
import { fioIolog } from "./fioIolog.ts";
import { parquet } from "./parquet/index.ts";
import { qtr } from "./qtr.ts";
import type { Target } from "./target.ts";

/** Every format that traces can be converted to. */
export const TARGETS = [qtr, fioIolog, csv, parquet] as const satisfies readonly Target[];
