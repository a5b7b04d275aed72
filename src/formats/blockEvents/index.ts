export { BLOCK_EVENT, deviceNumber } from "./blockEvent.ts";
export { BlockEventAssembler } from "./blockEventAssembler.ts";
