export { BLOCK_EVENT, deviceId, deviceNumber } from "./blockEvent.ts";
export { BlockEventAssembler } from "./blockEventAssembler.ts";
