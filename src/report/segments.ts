/** A piece of a sentence: the key clause is strong. */
export interface Segment {
  readonly text: string;
  readonly strong: boolean;
}

export function plain(text: string): Segment {
  return { text, strong: false };
}

export function strong(text: string): Segment {
  return { text, strong: true };
}

/** The sentence without its emphasis. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join("");
}

/** Clauses as one sentence: semicolons between them, a full stop, and only the first strong piece stays strong. */
export function joinClauses(clauses: readonly (readonly Segment[])[]): readonly Segment[] {
  const pieces = clauses.flatMap((clause, i) => [plain(i === 0 ? "" : "; "), ...clause]);
  const key = pieces.findIndex((piece) => piece.strong);
  return merged([...pieces.map((piece, i) => ({ text: piece.text, strong: i === key })), plain(".")]);
}

function merged(pieces: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const piece of pieces) {
    if (piece.text === "") continue;
    const last = result.at(-1);
    if (last?.strong === piece.strong)
      result[result.length - 1] = { text: last.text + piece.text, strong: last.strong };
    else result.push(piece);
  }
  return result;
}
