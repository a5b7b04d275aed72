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
  const notices: string[] = [];
  const slugs = paths.map((path) => {
    const wanted = slugOf(path);
    const slug = free(wanted, owner);
    if (slug !== wanted) notices.push(`${path} is published as ${slug}: ${owner.get(wanted)} is ${wanted} already`);
    owner.set(slug, path);
    return slug;
  });
  return { slugs, notices };
}

function free(wanted: string, owner: ReadonlyMap<string, string>): string {
  let slug = wanted;
  for (let n = 2; owner.has(slug); n++) slug = `${wanted}-${n}`;
  return slug;
}
