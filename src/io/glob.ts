function pattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`, "su");
}

/** Whether a path, or a folder above it, is what one of the globs says: `*` within a name, `**` across folders. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => pattern(glob.replace(/^\.?\/|\/$/g, "")));
  return (path) => patterns.some((one) => one.test(path));
}
