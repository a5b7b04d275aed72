/** What one line of text says of an event. It is filled in again for every line. */
export class TextEvent {
  /** A BLOCK_EVENT, or NOTHING. */
  kind = 0;
  /** The first letter of the action. */
  letter = 0;
  /** The kernel's number of the device. */
  device = 0;
  cpu = -1;
  /** 0 where the line has none. */
  sequence = 0;
  timeNs = 0;
  pid = 0;
  /** What `readRwbs` gives. */
  rwbs = 0;
  sector = 0;
  /** Where in the line's bytes a message can point at the place of the request. */
  placeAt = 0;
  bytes = 0;
  /** As it is printed: the low 16 bits of a negative number, or that number without its sign. */
  error = 0;
  /** What BLOCK_EVENT says; of a remap the number of the device where the bio was before. */
  extra = 0;
  /** Of a remap: the bio's place there. */
  fromBytes = 0;
  passthrough = false;
  /** The process's name, as a stretch of the line's bytes; empty where the line has none. */
  nameStart = 0;
  nameEnd = 0;
}
