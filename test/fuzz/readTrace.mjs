import { headOf, inputOf } from "./memoryFiles.mjs";

const FEW_ROWS = 128;

/** Reads a trace and counts nothing: what show does, in little memory. The side file is the file named .json. */
export async function readTrace(parts, files) {
  const sideFile = files.find(({ name }) => name.endsWith(".json"));
  const traces = files.filter((file) => file !== sideFile);
  const side = sideFile === undefined ? {} : parts.checkedJson(parts.SideFile, textOf(sideFile), sideFile.name);
  const format = await formatOf(parts, traces, side.read);
  const options = { ...parts.builderOptions(side, sideFile?.name ?? ""), batchRows: FEW_ROWS };
  const builder = new parts.TraceBuilder(() => undefined, options);
  await format.read(
    traces.map((file) => inputOf(parts, file)),
    builder,
    side.read ?? {},
  );
  builder.finish();
}

async function formatOf(parts, traces, hints) {
  const { name } = traces[0];
  for (const file of traces) {
    if (file.bytes.length === 0) continue;
    const { format, reason } = parts.detect(await headOf(parts, file), hints);
    if (format !== null) return format;
    throw new parts.TraceError({ file: name }, "unknown", "format", reason);
  }
  throw new parts.TraceError({ file: name }, "invalid", "trace: it is empty", "record it again");
}

function textOf({ bytes }) {
  return Buffer.from(bytes).toString();
}
