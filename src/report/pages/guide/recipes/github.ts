import type { Recipe } from "./recipe.ts";

export const github: Recipe = {
  id: "github",
  title: "GitHub",
  about:
    "The action of blkreport’s repository builds the site of the pull request’s traces against the summaries of the base branch, uploads it, writes one comment (and the same one again after each push), and fails by the gates of traces/blkreport.json. OWNER is where your blkreport comes from. A push to main leaves the summaries that the next pull request is compared with.",
  files: [
    {
      name: ".github/workflows/block-io.yml",
      text: `
name: Block I/O
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
  actions: read
  pull-requests: write
jobs:
  report:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: OWNER/blkreport/.github/actions/report@main
        with:
          traces: traces
`,
    },
  ],
};
