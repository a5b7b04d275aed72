/**
 * What names the content of each entry of a site's model, by its slug: it changes with everything that a page or a file
 * says of the entry, so that neither has to be made to know that it is the same.
 */
export interface ContentKeys {
  readonly traces: ReadonlyMap<string, string>;
  readonly comparisons: ReadonlyMap<string, string>;
  readonly histories: ReadonlyMap<string, string>;
}
