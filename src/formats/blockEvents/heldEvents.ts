import { growColumns } from "../../model/columns.ts";

const FIRST_ROOM = 4096;

/** Events that wait until it is known which of their devices issue. */
export class HeldEvents {
  length = 0;
  readonly columns = {
    kind: new Uint8Array(FIRST_ROOM),
    device: new Uint16Array(FIRST_ROOM),
    op: new Uint8Array(FIRST_ROOM),
    flags: new Uint16Array(FIRST_ROOM),
    offset: new Float64Array(FIRST_ROOM),
    length: new Float64Array(FIRST_ROOM),
    timeNs: new Float64Array(FIRST_ROOM),
    process: new Uint32Array(FIRST_ROOM),
    cpu: new Int16Array(FIRST_ROOM),
    error: new Uint16Array(FIRST_ROOM),
    extra: new Float64Array(FIRST_ROOM),
  };

  push(
    kind: number,
    device: number,
    op: number,
    flags: number,
    offset: number,
    length: number,
    timeNs: number,
    process: number,
    cpu: number,
    error: number,
    extra: number,
  ): void {
    const { columns } = this;
    if (this.length === columns.kind.length) growColumns(columns);
    const i = this.length++;
    columns.kind[i] = kind;
    columns.device[i] = device;
    columns.op[i] = op;
    columns.flags[i] = flags;
    columns.offset[i] = offset;
    columns.length[i] = length;
    columns.timeNs[i] = timeNs;
    columns.process[i] = process;
    columns.cpu[i] = cpu;
    columns.error[i] = error;
    columns.extra[i] = extra;
  }
}
