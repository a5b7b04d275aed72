export { BLOCK_EVENT, deviceNumber } from "./blockEvent.ts";
export { BlockEventAssembler } from "./blockEventAssembler.ts";
export { DOUBLE, EVENT_DOUBLES, EVENT_INTS, INT } from "./eventList.ts";
export { PlainOrigin } from "./plainOrigin.ts";
