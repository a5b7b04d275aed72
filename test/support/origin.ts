import type { Origin } from "../../src/work/origin.ts";

/** An origin that names its source and nothing else. */
export function originOf(source: string): Origin {
  const provenanceOf = () => ({ inputs: [], software: "blkreport", command: null });
  return { source, provenanceOf };
}
