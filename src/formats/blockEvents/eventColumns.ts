const FIRST_ROOM = 1024;

/** Events in a row, one column a field: they travel as columns because a call with many numbers allocates. */
export interface EventColumns {
  kind: Uint8Array;
  device: Uint16Array;
  op: Uint8Array;
  flags: Uint16Array;
  offset: Float64Array;
  length: Float64Array;
  timeNs: Float64Array;
  process: Uint32Array;
  cpu: Int16Array;
  error: Uint16Array;
  extra: Float64Array;
}

export function eventColumns(): EventColumns {
  return {
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
}
