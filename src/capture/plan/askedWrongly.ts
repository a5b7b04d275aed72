/** What is asked for cannot be meant: the command line gives exit status 2. */
export class AskedWrongly extends Error {
  override readonly name = "AskedWrongly";
}
