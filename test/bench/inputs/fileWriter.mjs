import { closeSync, openSync, writeSync } from "node:fs";

const BUFFER_BYTES = 1 << 20;

/** A file that is written from its start, a mebibyte at a time. */
export function openFile(path) {
  const file = openSync(path, "w");
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let length = 0;
  let bytes = 0;
  const flush = () => {
    for (let at = 0; at < length; ) at += writeSync(file, buffer, at, length - at);
    length = 0;
  };
  return {
    /** Where `size` bytes of the buffer begin that are to be filled at once. */
    room(size) {
      if (length + size > BUFFER_BYTES) flush();
      const at = length;
      length += size;
      bytes += size;
      return at;
    },
    buffer,
    text(line) {
      buffer.latin1Write(line, this.room(line.length), line.length);
    },
    /** Gives the file's length. */
    close() {
      flush();
      closeSync(file);
      return bytes;
    },
  };
}
