import { join } from "node:path";

/** The templates, beside src/ and dist/ alike. */
export const TEMPLATES = join(import.meta.dirname, "../../templates");
