import { plain } from "./terminal.ts";

const BAR_WIDTH = 24;

/** Progress on standard error: a bar on a terminal, nothing elsewhere. */
export function progressBar(stream: NodeJS.WriteStream): {
  step(done: number, total: number, what: string): void;
  end(): void;
} {
  if (!stream.isTTY) return { step() {}, end() {} };
  return {
    step(done, total, what) {
      const filled = total === 0 ? 0 : Math.round((done / total) * BAR_WIDTH);
      const bar = "━".repeat(filled) + "╌".repeat(BAR_WIDTH - filled);
      const text = `${bar} ${done}/${total} ${plain(what)}`;
      stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    end() {
      stream.write("\r\u001b[K");
    },
  };
}
