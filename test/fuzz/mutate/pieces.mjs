/** Byte arrays one behind the other. */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** `bytes` with what lies from `from` to `to` replaced by `parts`. */
export function replaced(bytes, from, to, ...parts) {
  return joined(bytes.subarray(0, from), ...parts, bytes.subarray(Math.max(from, to)));
}

/** One byte for each character. */
export function latin(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** A text as a file has it. */
export function utf8(text) {
  return new TextEncoder().encode(text);
}
