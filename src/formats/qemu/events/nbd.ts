import { OP_CODE } from "../../../model/ops.ts";
import type { EventArguments } from "../eventArguments.ts";
import { LAYER } from "../layers.ts";
import { flagsOfNbd, NO_REQUEST, opOfNbdType } from "../nbdCommands.ts";
import type { QemuTrace } from "../qemuTrace.ts";
import { isRange } from "../range.ts";
import { event } from "./event.ts";

const EIO = 5;
/** Of a structured reply: the last chunk, and the first of the types that are errors. */
const [LAST_CHUNK, FIRST_ERROR_TYPE] = [1, 32768];
const DONE = "Send structured reply done: [handle|cookie] = {handle}";
const READ =
  "Send structured read data reply: [handle|cookie] = {handle}, offset = {offset}, data = {data}, len = {bytes}";
const HOLE = "Send structured read hole reply: [handle|cookie] = {handle}, offset = {offset}, len = {bytes}";
const ERROR = "Send structured error reply: [handle|cookie] = {handle}, error = {error} ({name:s}), msg = '{text:s}'";

/** nbd/client.c and block/nbd.c: qemu as the client of a server. */
export const NBD_CLIENT_EVENTS = [
  event(
    "nbd_receive_negotiate_size_flags",
    "Size is {bytes}, export flags {flags}",
    ({ devices, nodes }, { value }) => {
      if (nodes.hasOneConnection) devices.setSize(nodes.nbdDevice, value[0]!);
      return true;
    },
  ),
  event(
    "nbd_send_request",
    "Sending request to server: { .from = {from}, .len = {len}, .[handle|cookie] = {handle}, .flags = {flags}, .type = {type} ({name:s}) }",
    send,
  ),
  event(
    "nbd_receive_simple_reply",
    "Got simple reply: { .error = {error} ({name:s}), [handle|cookie] = {handle} }",
    ({ requests }, { value, high, low, timeNs }) => {
      const found = requests.complete(LAYER.nbdClient, high[2]!, low[2]!, timeNs, value[0]!);
      if (!found) requests.unmatched(LAYER.nbdClient);
      return true;
    },
  ),
  event(
    "nbd_receive_structured_reply_chunk",
    "Got structured reply chunk: { flags = {flags}, type = {type} ({name:s}), [handle|cookie] = {handle}, length = {length} }",
    receiveChunk,
  ),
];

/** nbd/server.c: qemu, qemu-nbd or qemu-storage-daemon as the server. */
export const NBD_SERVER_EVENTS = [
  event("nbd_negotiate_new_style_size_flags", "advertising size {bytes} and flags {flags}", (trace, { value }) => {
    trace.devices.setSize(trace.nbdExports.device, value[0]!);
    return true;
  }),
  event(
    "nbd_receive_request",
    "Got request: { magic = {magic}, .flags = {flags}, .type = {type}, from = {from}, len = {len} }",
    ({ nbdExports }, { value, low, timeNs }) => {
      const op = opOfNbdType(value[2]!);
      if (op !== NO_REQUEST && !isRange(value[3]!, value[4]!)) return false;
      nbdExports.receive(value[2]!, low[1]!, value[3]!, value[4]!, timeNs);
      return true;
    },
  ),
  event(
    "nbd_co_receive_request_decode_type",
    "Decoding type: [handle|cookie] = {handle}, type = {type} ({name:s})",
    ({ nbdExports }, { value, high, low }) => {
      nbdExports.identify(high[0]!, low[0]!, value[1]!);
      return true;
    },
  ),
  event(
    "nbd_co_send_simple_reply",
    "Send simple reply: [handle|cookie] = {handle}, error = {error} ({name:s}), len = {bytes}",
    (trace, args) => reply(trace, args, args.value[1]!),
  ),
  event("nbd_co_send_structured_done", DONE, (trace, args) => reply(trace, args, 0)),
  event("nbd_co_send_chunk_done", DONE, (trace, args) => reply(trace, args, 0)),
  event("nbd_co_send_structured_error", ERROR, (trace, args) => reply(trace, args, args.value[1]!)),
  event("nbd_co_send_chunk_error", ERROR, (trace, args) => reply(trace, args, args.value[1]!)),
  event("nbd_co_send_structured_read", READ, (trace, args) => replyPart(trace, args, args.value[3]!)),
  event("nbd_co_send_chunk_read", READ, (trace, args) => replyPart(trace, args, args.value[3]!)),
  event("nbd_co_send_structured_read_hole", HOLE, replyHole),
  event("nbd_co_send_chunk_read_hole", HOLE, replyHole),
];

function send({ nodes, requests }: QemuTrace, { value, high, low, timeNs }: EventArguments): boolean {
  const op = opOfNbdType(value[4]!);
  const offset = op === OP_CODE.flush ? 0 : value[0]!;
  const bytes = op === OP_CODE.flush ? 0 : value[1]!;
  if (op !== NO_REQUEST && !isRange(offset, bytes)) return false;
  requests.forget(LAYER.nbdClient, high[2]!, low[2]!);
  if (op === NO_REQUEST) requests.ignore(LAYER.nbdClient, high[2]!, low[2]!);
  else {
    const flags = flagsOfNbd(low[3]!);
    requests.open(LAYER.nbdClient, high[2]!, low[2]!, op, flags, nodes.nbdDevice, offset, bytes, timeNs);
  }
  return true;
}

function receiveChunk({ requests }: QemuTrace, { value, high, low, timeNs }: EventArguments): boolean {
  const failed = value[1]! >= FIRST_ERROR_TYPE;
  // The error's number is in the chunk, which no event shows.
  if (failed) requests.fail(LAYER.nbdClient, high[3]!, low[3]!, EIO);
  if ((low[0]! & LAST_CHUNK) === 0) return true;
  if (!requests.complete(LAYER.nbdClient, high[3]!, low[3]!, timeNs, 0)) requests.unmatched(LAYER.nbdClient);
  return true;
}

function reply({ requests }: QemuTrace, { high, low, timeNs }: EventArguments, error: number): boolean {
  if (!requests.complete(LAYER.nbdServer, high[0]!, low[0]!, timeNs, error)) requests.unmatched(LAYER.nbdServer);
  return true;
}

/** A read may be answered in pieces, with no event for its end. */
function replyPart({ requests }: QemuTrace, { high, low, timeNs }: EventArguments, bytes: number): boolean {
  if (!requests.advance(LAYER.nbdServer, high[0]!, low[0]!, bytes, timeNs)) requests.unmatched(LAYER.nbdServer);
  return true;
}

function replyHole(trace: QemuTrace, args: EventArguments): boolean {
  trace.nbdExports.showsHoles = true;
  return replyPart(trace, args, args.value[2]!);
}
