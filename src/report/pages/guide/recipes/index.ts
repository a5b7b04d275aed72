import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { jenkins } from "./jenkins.ts";
import { kubernetes } from "./kubernetes.ts";
import { local } from "./local.ts";
import { matrix } from "./matrix.ts";
import type { Recipe } from "./recipe.ts";
import { slurm } from "./slurm.ts";

/** In the order of the page. */
export const RECIPES: readonly Recipe[] = [github, gitlab, jenkins, matrix, slurm, kubernetes, local];
