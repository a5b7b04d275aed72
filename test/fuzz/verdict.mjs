const VERB = /^(?:missing|unknown|invalid|unsupported) \S/;
/** What only a program would say. */
const OURS = /fault of blkreport|\bundefined\b|\[object |is not a function|Cannot read|RangeError|TypeError|\n\s+at /;
/** More fits no line of a log. */
const MOST_CHARACTERS = 2000;

/** What is wrong with how an input was refused; null where people can do something with it. */
export function faultOf(error, { isRefusal }, { folder, files }) {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  if (!isRefusal(error)) return stackOf(error, folder);
  const text = error.message.replaceAll(`${folder}/`, "");
  if (text.length > MOST_CHARACTERS) return `a message of ${text.length} characters: ${text.slice(0, 80)}`;
  const given = files.map(({ bytes }) => Buffer.from(bytes).toString("latin1")).join("\n");
  const [ours] = OURS.exec(text) ?? [];
  if (ours !== undefined && !given.includes(ours)) return `a message for programmers: ${text}`;
  if (!names(text, files)) return `no place: ${text}`;
  const parts = /^.*?(?::\d+|, byte \d+)?: (.*?); (.+)$/s.exec(text);
  if (parts === null) return `no cure: ${text}`;
  return VERB.test(parts[1]) ? null : `no verb: ${text}`;
}

/** Whether a text begins with one of the files, or the set or folder of them. */
function names(text, files) {
  const stems = files.map(({ name }) => name.replace(/\.blktrace\.\d+$/, "").replace(/\.json$/, ""));
  return stems.some((stem) => text.startsWith(stem)) || /^[^:]+: (?:missing|unknown|invalid|unsupported) /.test(text);
}

function stackOf({ stack, message }, folder) {
  return (stack ?? message).replaceAll(folder, "").split("\n").slice(0, 8).join("\n");
}

/** Two findings of the same fault have the same one: its first words without numbers and texts, and where it was. */
export function signatureOf(fault) {
  const [first, ...frames] = fault.split("\n");
  const place = frames.find((line) => line.includes("at ")) ?? "";
  return `${first.replace(/"[^"]*"|'[^']*'|\d+/g, "…").slice(0, 100)} ${place.trim().replace(/\(.*\/(.*?):\d+\)/, "$1")}`;
}
