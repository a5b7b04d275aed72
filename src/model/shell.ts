const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The words as one line that a POSIX shell takes apart into the same words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
