import { createHash } from "node:crypto";
import { type FileBytes, fileBytes } from "./fileBytes.ts";
import { type FileInput, fileInput } from "./fileInput.ts";

/** A trace's file that is hashed while it is read: what is large is read once only. */
export interface HashedInput extends FileInput {
  /** The SHA-256 of the file as it lies. What nobody has read of it is read now: to be asked for after all reading. */
  sha256(): Promise<string>;
}

export function hashedInput(path: string, name: string, most?: number): HashedInput {
  const { bytes, sha256 } = hashed(fileBytes(path, name, most));
  return Object.assign(fileInput(path, name, bytes), { sha256 });
}

function hashed(bytes: FileBytes) {
  const hash = createHash("sha256");
  const next = async () => {
    const piece = await bytes.next();
    if (piece !== null) hash.update(piece);
    return piece;
  };
  const sha256 = async () => {
    while ((await next()) !== null);
    return hash.digest("hex");
  };
  return { bytes: { ...bytes, next }, sha256 };
}
