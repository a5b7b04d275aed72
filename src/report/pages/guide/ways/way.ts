/** One way of recording, from a machine that has nothing to a page with an address. */
export interface RecordingWay {
  /** Stands in the page's address, after the #. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly steps: readonly { readonly what: string; readonly text: string }[];
  readonly notes: readonly string[];
}
