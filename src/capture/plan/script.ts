import type { Plan, Step } from "./plan.ts";
import { hereDocument, shellCommand, shellWord } from "./shell.ts";

/** A plan as a script that does the same by hand. */
export function scriptOf({ before, command, after, recorded, trace, format }: Plan): string {
  const made = before.flatMap((step) => (step.does === "makeInstance" ? [step.path] : []));
  const folder = trace.slice(0, trace.lastIndexOf("/"));
  return [
    "#!/bin/sh",
    "set -e",
    "work=$(mktemp -d)",
    `trap '${[...made.map((path) => `rmdir ${shellWord(path)}`), 'rm -rf "$work"'].join("; ")}' EXIT`,
    "",
    ...before.map(lineOf),
    "",
    "status=0",
    `${commandLine(command)} || status=$?`,
    "",
    ...after.map(lineOf),
    `mkdir -p ${shellWord(folder)}`,
    ...(format === "blktrace" ? movedSet(recorded, trace) : [`mv ${shellWord(recorded)} ${shellWord(trace)}`]),
    "exit $status",
    "",
  ].join("\n");
}

function commandLine({ argv, env }: Plan["command"]): string {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`);
  return [...settings, shellCommand(argv)].join(" ");
}

function movedSet(recorded: string, trace: string): string[] {
  const from = shellWord(`${recorded}.blktrace.`);
  return [`for file in ${from}*; do mv "$file" ${shellWord(`${trace}.blktrace.`)}"\${file##*.}"; done`];
}

function lineOf(step: Step): string {
  switch (step.does) {
    case "createImage":
      return `truncate -s ${step.bytes} ${shellWord(step.path)}`;
    case "write": {
      const made = hereDocument(step.path, step.text);
      return step.executable ? `${made}\nchmod +x ${shellWord(step.path)}` : made;
    }
    case "makeInstance":
      return `mkdir ${shellWord(step.path)}`;
    case "put":
      return `echo ${shellWord(step.text)} > ${shellWord(step.path)}`;
    case "putEach": {
      const place = `${shellWord(step.folder)}/$name/${shellWord(step.file)}`;
      return `for name in ${step.names.map(shellWord).join(" ")}; do echo ${shellWord(step.text)} > ${place}; done`;
    }
    case "start":
      return [
        `${shellCommand(step.argv)} &`,
        "recorder=$!",
        `stop() { kill -s ${step.stopWith.slice(3)} $recorder; wait $recorder || true; }`,
        `until [ -e ${shellWord(step.until)} ]; do kill -0 $recorder || exit 1; sleep 0.1; done`,
      ].join("\n");
    case "stop":
      return "stop";
    case "run":
      return shellCommand(step.argv);
    case "copy":
      return `cat ${shellWord(step.from)} > ${shellWord(step.to)}`;
    case "countLost":
      return `grep -hE '^(${step.fields.join("|")}): [1-9]' ${shellWord(step.folder)}/*/${step.file} || true  # what it prints was lost`;
    case "readLost":
      return `cat ${shellWord(step.path)}  # so many events were lost`;
  }
}
