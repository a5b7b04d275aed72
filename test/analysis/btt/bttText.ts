/** What btt printed, by table: numbers as they stand there, times in nanoseconds. */
export interface BttText {
  /** By phase, "all" or a device or a process. */
  readonly phases: Readonly<Record<string, Readonly<Record<string, Times>>>>;
  /** By device, then by table: the numbers of its line. */
  readonly lines: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** [start, end] of runs of the total system, in nanoseconds. */
  readonly queueRuns: readonly (readonly [number, number])[];
  readonly completionRuns: readonly (readonly [number, number])[];
}

export interface Times {
  readonly minNs: number;
  readonly meanNs: number;
  readonly maxNs: number;
  readonly count: number;
}

const NUMBERS = " +([\\d.]+) +([\\d.]+) +([\\d.]+) +(\\d+)$";
const nanos = (seconds: string): number => Number(seconds.trim().replace(".", ""));

function timesOf(found: RegExpExecArray, from: number): Times {
  const [min, mean, max, count] = found.slice(from);
  return { minNs: nanos(min!), meanNs: nanos(mean!), maxNs: nanos(max!), count: Number(count) };
}

/** "(254, 16)" and "(  8, 16)", as virtio disks were called for btt not to take them for dm, both as "16". */
function deviceOf(text: string): string {
  const [major, minor] = text.replace(/[()]/g, "").split(",").map(Number);
  return major === 8 || major === 254 ? `254,${minor}` : `${major},${minor}`;
}

export function bttText(text: string): BttText {
  const phases: Record<string, Record<string, Times>> = {};
  const lines: Record<string, Record<string, string[]>> = {};
  let table = "";
  let phase = "";
  const set = (name: string, of: string, times: Times) => {
    phases[name] = { ...phases[name], [of]: times };
  };
  for (const line of text.split("\n")) {
    const section = /^=+ (.*?) =+$/.exec(line);
    const header = /^ +(\w+) +MIN +AVG +MAX +N$/.exec(line);
    const columns = /^ +DEV \| +(.*)$/.exec(line);
    const all = new RegExp(`^([A-Z]2[A-Z])(?:dm)?${NUMBERS}`).exec(line);
    const own = new RegExp(`^(\\(.*?,.*?\\)|\\S.*?)${NUMBERS}`).exec(line);
    const device = /^ *(\( *\d+, *\d+\)) \| +(.*)$/.exec(line);
    if (section) table = section[1]!;
    else if (header) phase = header[1]!.replace("dm", "");
    else if (columns) table = table.replace(/ IOs$/, "") + (columns[1]!.startsWith("IOs") ? " IOs" : "");
    else if (all && phase === "ALL") set(all[1]!, "all", timesOf(all, 2));
    else if (own && phase !== "ALL") set(phase, /^\( *\d/.test(own[1]!) ? deviceOf(own[1]!) : own[1]!, timesOf(own, 2));
    else if (device) {
      const id = deviceOf(device[1]!);
      lines[id] = { ...lines[id], [table]: device[2]!.split(/[|%() ]+/).filter((word) => word !== "") };
    }
  }
  return { phases, lines, queueRuns: runsIn(text, "q"), completionRuns: runsIn(text, "c") };
}

/** Each run is drawn as a box: four corners. */
function runsIn(text: string, letter: string): [number, number][] {
  const block = new RegExp(`Total System : ${letter} activity\\n((?: .*\\n)*)`).exec(text)?.[1] ?? "";
  const times = [...block.matchAll(/^ +([\d.]+) /gm)].map(([, seconds]) => nanos(seconds!));
  return Array.from({ length: times.length / 4 }, (_, i) => [times[4 * i]!, times[4 * i + 3]!]);
}
