import type { Recipe } from "./recipe.ts";

export const slurm: Recipe = {
  id: "slurm",
  title: "A Slurm job array",
  about:
    "Traces and summaries lie on a disk that all nodes share; afterany also publishes what there is when a task failed.",
  files: [
    {
      name: "summaries.sbatch",
      text: `
#!/bin/bash
#SBATCH --job-name=blkreport
#SBATCH --array=1-64
#SBATCH --cpus-per-task=2
exec blkreport summary --traces traces -o summaries --jobs "$SLURM_CPUS_PER_TASK" \\
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --cache "\${TMPDIR:-/tmp}/blkreport-$SLURM_JOB_ID"
`,
    },
    {
      name: "",
      text: `
array=$(sbatch --parsable summaries.sbatch)
sbatch --dependency="afterany:$array" --cpus-per-task=8 --wrap "blkreport build --from summaries"
`,
    },
  ],
};
