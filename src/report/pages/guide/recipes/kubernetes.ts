import type { Recipe } from "./recipe.ts";

export const kubernetes: Recipe = {
  id: "kubernetes",
  title: "A Kubernetes indexed Job",
  about:
    "IMAGE has Node and blkreport; the claim traces holds /data/traces, and takes the summaries. When the Job is complete, a pod with the same claim runs blkreport build --from /data/summaries.",
  files: [
    {
      name: "summaries.yaml",
      text: `
apiVersion: batch/v1
kind: Job
metadata:
  name: blkreport-summaries
spec:
  completionMode: Indexed
  completions: 16
  parallelism: 16
  backoffLimit: 4
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: summary
          image: IMAGE
          command: [sh, -c]
          args:
            - exec blkreport summary --traces /data/traces -o /data/summaries --shard $((JOB_COMPLETION_INDEX + 1))/16 --cache /tmp/cache --jobs 1
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: traces
`,
    },
  ],
};
