import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { RECIPES } from "../../src/report/pages/guide/recipes/index.ts";
import { emptyFolder, ROOT } from "../support/site.ts";

const run = promisify(execFile);
const ACTION = join(ROOT, ".github/actions/report/action.yml");
const WORKFLOW = join(ROOT, ".github/workflows/ci.yml");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

function fileOf(id: string, name: string): string {
  const found = RECIPES.find((recipe) => recipe.id === id)?.files.find((file) => file.name === name);
  expect(found, `${id}: ${name}`).toBeDefined();
  return found!.text.trim();
}

function yaml<T>(text: string): T {
  const [document, ...more] = parseAllDocuments(text);
  expect([document?.errors, document?.warnings, more]).toEqual([[], [], []]);
  return parse(text) as T;
}

async function actionSteps(): Promise<readonly Step[]> {
  return yaml<{ runs: { steps: readonly Step[] } }>(await readFile(ACTION, "utf8")).runs.steps;
}

/** A folder with programs in it, as text of sh. */
async function programs(texts: Record<string, string>): Promise<string> {
  const folder = await emptyFolder("bin");
  for (const [name, text] of Object.entries(texts)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

function shell(text: string, cwd: string, bin: string, env: Record<string, string> = {}) {
  const PATH = `${bin}${delimiter}${process.env["PATH"]}`;
  return run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", text], {
    cwd,
    env: { ...process.env, PATH, ...env },
  });
}

describe("the recipes of the guide", () => {
  const files = RECIPES.flatMap(({ files }) => files);

  it.each(files.filter(({ name }) => /\.ya?ml$/.test(name)).map(({ name, text }) => [name, text]))(
    "%s is YAML",
    (_, text) => {
      expect(Object.keys(yaml<object>(text)).length).toBeGreaterThan(0);
    },
  );

  it("give bash nothing that it cannot read", async () => {
    const gitlab = yaml<{ blkreport: { script: string[]; after_script: string[] } }>(
      fileOf("gitlab", ".gitlab-ci.yml"),
    );
    const { script, after_script } = gitlab.blkreport;
    const steps = (await actionSteps()).flatMap((step) => step.run ?? []);
    const slurm = RECIPES.find(({ id }) => id === "slurm")!.files.map(({ text }) => text);
    const local = RECIPES.find(({ id }) => id === "local")!.files.map(({ text }) => text);
    for (const text of [...script, ...after_script, ...steps, ...slurm, ...local])
      await expect(run("bash", ["-n", "-c", text]), text).resolves.toMatchObject({ stderr: "" });
  });

  it("publish with xargs what one build publishes", async () => {
    const folder = await emptyFolder("xargs");
    await mkdir(join(folder, "traces"));
    for (const [i, name] of ["a", "b", "c"].entries())
      await writeFile(join(folder, `traces/${name}.qtr`), `S 2048\nR 0 8\nW ${i * 8} 8\n`);
    const bin = await programs({ blkreport: `exec "${process.execPath}" "${ROOT}/dist/bundle/main.js" "$@"` });
    await shell(fileOf("local", "with xargs"), folder, bin);
    await shell("blkreport build --output direct", folder, bin);
    const { stdout } = await shell("diff -r output direct && ls output/traces", folder, bin);
    expect(stdout).toBe("a\nb\nc\n");
  });

  it("count the indexes of a Kubernetes Job, which begin at 0, from 1", async () => {
    const job = yaml<{
      spec: { completions: number; template: { spec: { containers: { command: string[]; args: string[] }[] } } };
    }>(fileOf("kubernetes", "summaries.yaml"));
    const { command, args } = job.spec.template.spec.containers[0]!;
    const bin = await programs({ blkreport: 'echo "$@"' });
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}`, JOB_COMPLETION_INDEX: "15" };
    const { stdout } = await run(command[0]!, [...command.slice(1), ...args], { env });
    expect(stdout).toContain(`--shard ${job.spec.completions}/${job.spec.completions} `);
  });

  it("write the note of a merge request again where there is one with its mark", async () => {
    const gitlab = yaml<{ blkreport: { after_script: string[] } }>(fileOf("gitlab", ".gitlab-ci.yml"));
    const folder = await emptyFolder("gitlab");
    await mkdir(join(folder, "public"));
    await writeFile(join(folder, "public/diff.md"), "<!-- mark -->\n### x\n");
    const env = { CI_API_V4_URL: "U", CI_PROJECT_ID: "1", CI_MERGE_REQUEST_IID: "2", BLKREPORT_TOKEN: "t" };
    const requests = async (notes: object[]) => {
      const bin = await programs({
        curl: `case "$*" in *per_page*) printf '%s' '${JSON.stringify(notes)}';; *) echo "$*" >> requests;; esac`,
      });
      await shell(gitlab.blkreport.after_script.join("\n"), folder, bin, env);
      return (await readFile(join(folder, "requests"), "utf8")).trim().split("\n").at(-1);
    };
    expect(await requests([{ id: 7, body: "hello" }])).toMatch(
      /--request POST .* U\/projects\/1\/merge_requests\/2\/notes$/,
    );
    expect(await requests([{ id: 8, body: "<!-- mark -->\nold" }])).toMatch(/--request PUT .*\/notes\/8$/);
  });
});

describe("the action", () => {
  it("is what the repository's own workflow uses, on its own traces", async () => {
    const { jobs } = yaml<{ jobs: Record<string, { steps: Step[] }> }>(await readFile(WORKFLOW, "utf8"));
    expect(jobs["report"]!.steps.map(({ uses }) => uses)).toContain("./.github/actions/report");
  });

  it("builds against the base where there is one, goes on when a gate fails, and fails at the end", async () => {
    const folder = await emptyFolder("action");
    await mkdir(join(folder, "out"));
    await writeFile(join(folder, "out/diff.md"), "<!-- mark -->\n");
    const bin = await programs({ node: 'echo "$@" > words; exit 1' });
    const steps = await actionSteps();
    const env = {
      GITHUB_ACTION_PATH: "A",
      GITHUB_OUTPUT: join(folder, "outputs"),
      GITHUB_STEP_SUMMARY: join(folder, "page"),
      RUNNER_TEMP: "T",
      TRACES: "my traces",
      OUTPUT: "out",
      BASE: "T/base",
      GATE: "",
    };
    await shell(steps.find(({ name }) => name === "Build the site")!.run!, folder, bin, env);
    expect(await readFile(join(folder, "words"), "utf8")).toBe(
      "A/../../../dist/bundle/main.js build --traces my traces --output out --cache T/blkreport-cache --base T/base\n",
    );
    expect(await readFile(join(folder, "outputs"), "utf8")).toBe("status=1\ncomment=out/diff.md\n");
    await expect(shell(steps.at(-1)!.run!, folder, bin, { STATUS: "1" })).rejects.toMatchObject({ code: 1 });
  });

  it("posts one comment, and changes it when it is there; a fork's token fails nothing", async () => {
    const folder = await emptyFolder("comment");
    await writeFile(join(folder, "diff.md"), "<!-- mark -->\n### x\n");
    const step = (await actionSteps()).find(({ name }) => name === "Comment on the pull request")!;
    const env = { GITHUB_REPOSITORY: "o/r", NUMBER: "5", COMMENT: "diff.md" };
    const post = async (id: string, status = 0) => {
      const bin = await programs({
        gh: `case "$*" in *--paginate*) [ "$MARK" = "<!-- mark -->" ] && printf '${id}';; *) echo "$*" >> requests; exit ${status};; esac`,
      });
      const { stdout } = await shell(step.run!, folder, bin, env);
      return [(await readFile(join(folder, "requests"), "utf8")).trim().split("\n").at(-1), stdout];
    };
    expect(await post("")).toEqual(["api --method POST repos/o/r/issues/5/comments --silent -F body=@diff.md", ""]);
    expect(await post("9\\n10\\n")).toEqual([
      "api --method PATCH repos/o/r/issues/comments/9 --silent -F body=@diff.md",
      "",
    ]);
    expect((await post("", 1))[1]).toContain("::warning::");
  });

  it("takes the base from a push to the base branch, and says where there is none", async () => {
    const step = (await actionSteps()).find(({ name }) => name === "Fetch the summaries of the base branch")!;
    const folder = await emptyFolder("base");
    const env = {
      GITHUB_REPOSITORY: "o/r",
      GITHUB_WORKFLOW: "CI",
      GITHUB_OUTPUT: join(folder, "outputs"),
      RUNNER_TEMP: folder,
      BRANCH: "main",
      NAME: "n",
    };
    await writeFile(join(folder, "outputs"), "");
    const none = await shell(step.run!, folder, await programs({ gh: "exit 1" }), env);
    expect([none.stdout, await readFile(join(folder, "outputs"), "utf8")]).toEqual([
      expect.stringContaining("::notice::there are no summaries of main yet"),
      "",
    ]);
    const gh = 'echo "$*" >> requests; case "$*" in *list*) echo 42;; esac';
    await shell(step.run!, folder, await programs({ gh }), env);
    expect(await readFile(join(folder, "outputs"), "utf8")).toBe(`folder=${folder}/blkreport-base\n`);
    const requests = await readFile(join(folder, "requests"), "utf8");
    expect(requests).toMatch(/^run list .* --branch main --event push --status success /);
    expect(requests).toContain(`run download 42 --repo o/r --name n --dir ${folder}/blkreport-base`);
  });
});
