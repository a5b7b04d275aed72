/** What a glob is made of: characters that stand for themselves, and these. */
const [ONE, WITHIN, ACROSS, FOLDERS] = ["?", "*", "**", "**/"];
/** Stands before FOLDERS, which may be none at all. */
const MAYBE = "maybe";

/** Whether a path, or a folder above it, is what one of the globs says: `*` within a name, `**` across folders. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => partsOf(glob.replace(/^\.?\/|\/$/g, "")));
  return (path) => patterns.some((parts) => matches(parts, path));
}

function partsOf(glob: string): readonly string[] {
  const parts = glob.match(/\*\*\/|\*\*|./gsu) ?? [];
  return parts.flatMap((part) => (part === FOLDERS ? [MAYBE, FOLDERS] : [part]));
}

/**
 * Goes through the path once, with all places in the glob where it may stand: a glob of many stars takes no longer than
 * its length for each character, while a regular expression of it may take for ever.
 */
function matches(parts: readonly string[], path: string): boolean {
  let places = withSkipped(new Set([0]), parts);
  for (const character of path) {
    // What was matched so far is a folder above the path.
    if (character === "/" && places.has(parts.length)) return true;
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (part === ACROSS || (part === WITHIN && character !== "/")) next.add(place);
      else if (part === FOLDERS) {
        next.add(place);
        if (character === "/") next.add(place + 1);
      } else if (part === character || (part === ONE && character !== "/")) next.add(place + 1);
    }
    if (next.size === 0) return false;
    places = withSkipped(next, parts);
  }
  return places.has(parts.length);
}

/** The places, and those behind what may be nothing. */
function withSkipped(places: Set<number>, parts: readonly string[]): Set<number> {
  // A set gives what is added to it while it is gone through.
  for (const place of places) {
    const part = parts[place];
    if (part === MAYBE) places.add(place + 1).add(place + 2);
    else if (part === WITHIN || part === ACROSS) places.add(place + 1);
  }
  return places;
}
