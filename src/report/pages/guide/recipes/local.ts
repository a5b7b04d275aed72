import type { Recipe } from "./recipe.ts";

export const local: Recipe = {
  id: "local",
  title: "Many processes on one machine",
  about:
    "A build uses all cores by itself; this is for when each trace may take much memory or the machine is shared. xargs and GNU parallel exit with an error where a trace could not be read.",
  files: [
    {
      name: "with xargs",
      text: `
seq 4 | xargs -P 4 -I K blkreport summary --traces traces --shard K/4 -o summaries --jobs 1
blkreport build --from summaries
`,
    },
    {
      name: "with GNU parallel",
      text: `
parallel blkreport summary --traces traces --shard {}/4 -o summaries --jobs 1 ::: 1 2 3 4
blkreport build --from summaries
`,
    },
  ],
};
