/** The calls of Eleventy 3.1 that we use; the package has no types of its own. */
declare module "@11ty/eleventy" {
  export interface UserConfig {
    readonly directories: { readonly output: string };
    readonly ignores: Set<string>;
    readonly benchmarks: Readonly<Record<string, { readonly logger: { overrideLogger(logger: false): void } }>>;
    setInputDirectory(path: string): void;
    setOutputDirectory(path: string): void;
    setIncludesDirectory(path: string): void;
    setTemplateFormats(formats: readonly string[]): void;
    setUseGitIgnore(enabled: boolean): void;
    setNunjucksEnvironmentOptions(options: Readonly<Record<string, boolean>>): void;
    addGlobalData(name: string, value: unknown): void;
    addFilter(name: string, filter: (...values: never[]) => unknown): void;
    addShortcode(name: string, shortcode: (...values: never[]) => string): void;
    getFilter(name: "url"): (path: string) => string;
    addWatchTarget(path: string): void;
    on(event: "eleventy.before" | "eleventy.after", handler: () => void | Promise<void>): void;
  }

  interface Options {
    readonly quietMode?: boolean;
    /** null: no config file is looked for. */
    readonly configPath?: string | null;
    readonly config?: (config: UserConfig) => void;
  }

  export default class Eleventy {
    constructor(input: string, output: string, options?: Options);
    disableLogger(): void;
    write(): Promise<void>;
  }
}
