import type { Layout } from "../model/layout.ts";

/** The layout of the disk once the command has run. */
export async function layoutAfter(_path: string): Promise<{ layout: Layout | null; notices: readonly string[] }> {
  return { layout: null, notices: [] };
}
