import type { Recipe } from "./recipe.ts";

export const gitlab: Recipe = {
  id: "gitlab",
  title: "GitLab",
  about:
    "The site is the job’s artifact and, on the default branch, the project’s Pages; that branch’s artifact is the base. BLKREPORT_TOKEN is a project access token with the scope api, for the note on the merge request: a job’s own token may not write one. The note is written also when a gate fails.",
  files: [
    {
      name: ".gitlab-ci.yml",
      text: `
blkreport:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - npm ci
    - |
      base=()
      if curl --fail --silent --location --header "JOB-TOKEN: $CI_JOB_TOKEN" --output base.zip \\
        "$CI_API_V4_URL/projects/$CI_PROJECT_ID/jobs/artifacts/$CI_DEFAULT_BRANCH/download?job=blkreport"
      then
        unzip -q base.zip -d base
        base=(--base base/public)
      fi
      npx blkreport build --output public "\${base[@]}"
  after_script:
    - |
      if [ -z "$CI_MERGE_REQUEST_IID" ] || [ ! -f public/diff.md ]; then exit 0; fi
      notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
      token="PRIVATE-TOKEN: $BLKREPORT_TOKEN"
      id=$(curl --fail --silent --header "$token" "$notes?per_page=100" | node -p \\
        'JSON.parse(fs.readFileSync(0)).find(({ body }) => body.startsWith(process.argv[1]))?.id ?? ""' \\
        "$(head -n 1 public/diff.md)")
      if [ -n "$id" ]; then method=PUT; else method=POST; fi
      curl --fail --silent --output /dev/null --request "$method" --header "$token" \\
        --data-urlencode body@public/diff.md "$notes\${id:+/$id}"
  artifacts:
    when: always
    paths: [public]
pages:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  needs: [blkreport]
  script: "true"
  artifacts:
    paths: [public]
`,
    },
  ],
};
