import type { Recipe } from "./recipe.ts";

export const matrix: Recipe = {
  id: "matrix",
  title: "A CI matrix",
  about:
    "Each job summarises its share of the traces; one publishes the summaries of all. Where a job failed, the pages of its traces say that their summaries are missing, and the build exits with 1.",
  files: [
    {
      name: ".github/workflows/many-traces.yml",
      text: `
name: Many traces
on:
  push:
    branches: [main]
jobs:
  summarise:
    runs-on: ubuntu-24.04
    strategy:
      fail-fast: false
      matrix:
        shard: [1, 2, 3, 4]
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - run: npx blkreport summary --traces traces --shard \${{ matrix.shard }}/\${{ strategy.job-total }} -o summaries
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: summaries-\${{ matrix.shard }}
          path: summaries
  publish:
    needs: summarise
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - uses: actions/download-artifact@v4
        with:
          pattern: summaries-*
          path: summaries
      - run: npx blkreport build --from summaries
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: site
          path: output
`,
    },
  ],
};
