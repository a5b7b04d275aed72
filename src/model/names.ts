import { Roster } from "./roster.ts";
import { type Cgroup, type Device, type Process, unknownDevice } from "./trace.ts";

/** What a trace may name at most; the rest shares one entry, and the quality record says so. */
const MOST_DEVICES = 4096;
const MOST_PROCESSES = 65536;
const MOST_CGROUPS = 4096;

/** The devices and processes of a trace, in the order in which they were met. */
export class Names {
  readonly #devices = new Roster<string, Device>(MOST_DEVICES, () => unknownDevice("others"));
  readonly #processes = new Roster<number | string, Process>(MOST_PROCESSES, () => ({ pid: null, name: "others" }));
  readonly #cgroups = new Roster<string, Cgroup>(MOST_CGROUPS, () => ({ id: "others", name: "others" }));
  readonly #sideDevices: ReadonlyMap<string, Partial<Device>>;
  readonly #cgroupNames: ReadonlyMap<string, string>;
  readonly #expected: Iterable<string>;
  readonly #note: (code: string, text: string) => void;

  constructor(
    sideDevices: Readonly<Record<string, Partial<Device>>>,
    note: (code: string, text: string) => void,
    expected?: ReadonlySet<string>,
    cgroupNames: Readonly<Record<string, string>> = {},
  ) {
    this.#cgroupNames = new Map(Object.entries(cgroupNames));
    this.#sideDevices = new Map(Object.entries(sideDevices));
    this.#expected = expected ?? [...this.#sideDevices.keys()];
    this.#note = note;
    this.#processes.add("", { pid: null, name: "not recorded" });
    this.#cgroups.add("", { id: "", name: "not recorded" });
  }

  get devices(): Device[] {
    return this.#devices.entries;
  }

  get processes(): Process[] {
    return this.#processes.entries;
  }

  get cgroups(): Cgroup[] {
    return this.#cgroups.entries;
  }

  /** The index of a cgroup by its number. */
  cgroup(id: string): number {
    const known = this.#cgroups.find(id);
    if (known !== undefined) return known;
    if (this.#cgroups.full)
      this.#note("too-many-cgroups", `more than ${MOST_CGROUPS} cgroups; the rest are counted as one`);
    return this.#cgroups.add(id, { id, name: this.#cgroupNames.get(id) ?? id });
  }

  /** The index of a device by its id. */
  device(id: string, name: string): number {
    const known = this.#devices.find(id);
    if (known !== undefined) return known;
    if (this.#devices.full)
      this.#note("too-many-devices", `more than ${MOST_DEVICES} devices; the rest are counted as one`);
    return this.#devices.add(id, { ...unknownDevice(id, name), ...this.#sideDevices.get(id) });
  }

  /** The index of a process by its pid, or by its name where the trace has no pids. */
  process(key: number | string, name?: string): number {
    const known = this.#processes.find(key);
    if (known !== undefined) {
      if (name !== undefined) this.#processes.entries[known]!.name = name;
      return known;
    }
    if (this.#processes.full)
      this.#note("too-many-processes", `more than ${MOST_PROCESSES} processes; the rest are counted as one`);
    const pid = typeof key === "number" ? key : null;
    return this.#processes.add(key, { pid, name: name ?? String(key) });
  }

  /** Notes the devices that the side file describes, not only lists, and the trace lacks. */
  noteUnmet(): void {
    for (const id of this.#expected)
      if (this.#devices.find(id) === undefined)
        this.#note("unknown-device", `the side file describes device "${id}", which the trace lacks`);
  }
}
