import { BLOCK_EVENT } from "../blockEvents/index.ts";

/** What an event is where it is none of BLOCK_EVENT. */
export const OTHER_EVENT = {
  /** Of the block layer, and says nothing of requests that its other events do not say. */
  silent: -1,
  /** A text that somebody wrote into the trace. */
  marker: -2,
  /** The same as trace-cmd and perf name it: the text comes after the function that wrote it. */
  print: -3,
  /** Not of the block layer. */
  foreign: -4,
} as const;

/** The block layer's tracepoints: https://github.com/torvalds/linux/blob/v6.18/include/trace/events/block.h */
const EVENTS = new Map<string, number>([
  ["block_bio_queue", BLOCK_EVENT.queue],
  ["block_getrq", BLOCK_EVENT.getRequest],
  ["block_rq_insert", BLOCK_EVENT.insert],
  ["block_bio_backmerge", BLOCK_EVENT.merge],
  ["block_bio_frontmerge", BLOCK_EVENT.merge],
  ["block_rq_merge", BLOCK_EVENT.merge],
  ["block_rq_issue", BLOCK_EVENT.issue],
  ["block_rq_requeue", BLOCK_EVENT.requeue],
  ["block_rq_complete", BLOCK_EVENT.complete],
  // Bios of requests end with their request, and have no event of their own.
  ["block_bio_complete", BLOCK_EVENT.complete],
  ["block_split", BLOCK_EVENT.split],
  ["block_bio_remap", BLOCK_EVENT.remap],
  ["block_rq_remap", BLOCK_EVENT.remap],
  // Comes beside the block_rq_complete that has the same error.
  ["block_rq_error", OTHER_EVENT.silent],
  ["block_rq_abort", OTHER_EVENT.silent],
  ["block_io_start", OTHER_EVENT.silent],
  ["block_io_done", OTHER_EVENT.silent],
  ["block_bio_bounce", OTHER_EVENT.silent],
  ["block_sleeprq", OTHER_EVENT.silent],
  ["block_plug", OTHER_EVENT.silent],
  ["block_unplug", OTHER_EVENT.silent],
  ["block_unplug_io", OTHER_EVENT.silent],
  ["block_unplug_timer", OTHER_EVENT.silent],
  ["block_touch_buffer", OTHER_EVENT.silent],
  ["block_dirty_buffer", OTHER_EVENT.silent],
  ["blkdev_zone_mgmt", OTHER_EVENT.silent],
  ["blk_zone_append_update_request_bio", OTHER_EVENT.silent],
  ["blk_zone_wplug_bio", OTHER_EVENT.silent],
  ["disk_zone_wplug_add_bio", OTHER_EVENT.silent],
  ["tracing_mark_write", OTHER_EVENT.marker],
  ["print", OTHER_EVENT.print],
]);

/** The BLOCK_EVENT or OTHER_EVENT of an event by its name, which may have its system before it: `sched:sched_switch`. */
export function eventOf(name: string): number {
  return EVENTS.get(name.slice(name.lastIndexOf(":") + 1)) ?? OTHER_EVENT.foreign;
}
