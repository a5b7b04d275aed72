import { BLOCK_EVENT } from "../blockEvents/index.ts";

/**
 * The records of blktrace, in the tracing host's byte order, as 32-bit words.
 * Version 7: https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/include/uapi/linux/blktrace_api.h
 * Version 8 (`struct blk_io_trace2`, Linux 6.19): the pid stands before the action, which has 64 bits.
 */
export const MAGIC = 0x65617400;
export const VERSIONS = [7, 8] as const;
export const HEADER_BYTES = { 7: 48, 8: 64 } as const;
export const LARGEST_HEADER_BYTES = 64;

/** Places of the fields, in words; those after `bytes` depend on the version. */
export const WORD = { sequence: 1, time: 2, sector: 4, bytes: 6 } as const;
export const WORD_7 = { action: 7, pid: 8, device: 9, cpu: 10, errorAndPdu: 11 } as const;
export const WORD_8 = { pid: 7, action: 8, device: 10, cpu: 11, errorAndPdu: 12 } as const;

/** Category bits of an action's low word. */
export const CATEGORY = {
  write: 1 << 17,
  flush: 1 << 18,
  sync: 1 << 19,
  passthrough: 1 << 25,
  notify: 1 << 26,
  ahead: 1 << 27,
  meta: 1 << 28,
  discard: 1 << 29,
  fua: 1 << 31,
} as const;

/** Category bits of version 8, in the action's high word. */
export const CATEGORY_8 = {
  zoneAppend: 1 << 0,
  zoneReset: 1 << 1,
  zoneResetAll: 1 << 2,
  zoneFinish: 1 << 3,
  zoneOpen: 1 << 4,
  zoneClose: 1 << 5,
  writeZeroes: 1 << 6,
} as const;

/** Set in an action when a cgroup id stands before the record's payload, and is counted in its length. */
export const WITH_CGROUP = 1 << 8;
export const CGROUP_BYTES = 8;

export const NOTIFY = { process: 0, timestamp: 1, message: 2 } as const;

/** Actions that say nothing about requests: bounces, driver data, zone plugs. */
export const NOTHING = 254;
export const UNKNOWN = 255;

/** The BLOCK_EVENT of an action's low byte. */
export const EVENT_OF_ACTION: Uint8Array = new Uint8Array(256).fill(UNKNOWN);
EVENT_OF_ACTION[1] = BLOCK_EVENT.queue;
EVENT_OF_ACTION[2] = BLOCK_EVENT.merge;
EVENT_OF_ACTION[3] = BLOCK_EVENT.merge;
EVENT_OF_ACTION[4] = BLOCK_EVENT.getRequest;
EVENT_OF_ACTION[5] = BLOCK_EVENT.sleep;
EVENT_OF_ACTION[6] = BLOCK_EVENT.requeue;
EVENT_OF_ACTION[7] = BLOCK_EVENT.issue;
EVENT_OF_ACTION[8] = BLOCK_EVENT.complete;
EVENT_OF_ACTION[12] = BLOCK_EVENT.insert;
EVENT_OF_ACTION[13] = BLOCK_EVENT.split;
EVENT_OF_ACTION[15] = BLOCK_EVENT.remap;
EVENT_OF_ACTION[9] = BLOCK_EVENT.plug;
EVENT_OF_ACTION[10] = BLOCK_EVENT.unplug;
EVENT_OF_ACTION[11] = BLOCK_EVENT.unplugTimer;
for (const action of [14, 16, 17, 18, 19]) EVENT_OF_ACTION[action] = NOTHING;
