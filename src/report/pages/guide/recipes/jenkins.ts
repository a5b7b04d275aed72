import type { Recipe } from "./recipe.ts";

export const jenkins: Recipe = {
  id: "jenkins",
  title: "Jenkins, and others that read JUnit",
  about:
    "Each rule is a test case: several runs a side are compared by their medians. A stored summary (traces/SLUG/summary.json of the base's site) may stand for the traces of a side.",
  files: [
    {
      name: "Jenkinsfile",
      text: `
pipeline {
  agent any
  stages {
    stage('Block I/O') {
      steps {
        sh 'npm ci'
        sh returnStatus: true, script: 'npx blkreport diff "base/*.qtr" "head/*.qtr" --gate gates.json --format junit > blkreport.xml'
        junit 'blkreport.xml'
      }
    }
  }
}
`,
    },
  ],
};
