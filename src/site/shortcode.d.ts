/** For addPlugin of an Eleventy configuration. */
export interface EmbedOptions {
  /** The folder of traces, as `blkreport build --traces` takes it. */
  traces: string;
  /** Where readings and drawings are kept; ".cache/blkreport" if not given. */
  cache?: string;
  /** Where the pictures lie in the site; "blkreport" if not given. */
  folder?: string;
  /** Worker threads; as many as there are processors if not given. */
  jobs?: number;
}

/** Gives templates `{% blkreportChart "trace", "chart", "scope" %}`; without a scope, the one in which the trace's page opens. */
export function blkreport(eleventyConfig: object, options: EmbedOptions): void;
