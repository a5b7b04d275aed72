const SUFFIX = /\.(?:qtr|log|txt|csv|bin|dat|parquet|trace|iolog|blkparse|blktrace(?:\.\d+)?|gz|zst|xz)$/i;
/** Two slugs and what stands between them must fit into one file name. */
const LONGEST = 120;

/** The slug of a trace by its path below traces/: without suffixes, lower case, one hyphen for whatever is no letter or digit. */
export function slugOf(path: string): string {
  const words = withoutSuffixes(path)
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return (
    words
      .slice(0, LONGEST + 1)
      .replace(/^-|-$/g, "")
      .slice(0, LONGEST)
      .replace(/-$/, "") || "trace"
  );
}

function withoutSuffixes(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const shorter = path.replace(SUFFIX, "");
  return shorter === path || SUFFIX.exec(name)?.index === 0 ? path : withoutSuffixes(shorter);
}

/** A slug for each path, in the order given; one that is taken gets -2, -3 …, and a notice. */
export function uniqueSlugs(paths: readonly string[]): { slugs: readonly string[]; notices: readonly string[] } {
  const owner = new Map<string, string>();
  const nextNumber = new Map<string, number>();
  const notices: string[] = [];
  const slugs = paths.map((path) => {
    const wanted = slugOf(path);
    const slug = owner.has(wanted) ? numbered(wanted) : wanted;
    if (slug !== wanted) notices.push(`${path} is published as ${slug}: ${owner.get(wanted)} is ${wanted} already`);
    owner.set(slug, path);
    return slug;
  });
  return { slugs, notices };

  /** The first that is free; the numbers before it stay taken, so that thousands of one name take no longer each. */
  function numbered(wanted: string): string {
    let n = nextNumber.get(wanted) ?? 2;
    while (owner.has(`${wanted}-${n}`)) n++;
    nextNumber.set(wanted, n + 1);
    return `${wanted}-${n}`;
  }
}
