interface NamedStructure {
  readonly name: string;
  readonly within: string | null;
}

/** What each structure is known by: its name; where several have it, with what holds it. */
export function keysOf(structures: readonly NamedStructure[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { name } of structures) counts.set(name, (counts.get(name) ?? 0) + 1);
  return structures.map(({ name, within }) =>
    counts.get(name)! > 1 && within !== null ? `${name} in ${within}` : name,
  );
}
