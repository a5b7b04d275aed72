import { TraceError } from "../model/errors.ts";
import type { Layout } from "../model/layout.ts";
import { layoutOfImage } from "./layout/layoutOfImage.ts";

/** The layout of the disk once the command has run; a disk of which nothing can be told costs no recording. `device`: its id in the trace. */
export async function layoutAfter(
  path: string,
  device: string | null,
): Promise<{ layout: Layout | null; notices: readonly string[] }> {
  try {
    const { layout, notes } = await layoutOfImage(path, device);
    return { layout: layout.devices.length === 0 ? null : layout, notices: notes };
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return { layout: null, notices: [`no layout of ${path}: ${error.message}`] };
  }
}
