/** A request as these programs know it when it is complete. */
export interface Completed {
  readonly completeUs: number;
  readonly latencyUs: number;
  readonly command: string;
  readonly pid: number;
  readonly disk: string;
  readonly write: boolean;
  readonly sector: number;
  readonly sectors: number;
}

function table(header: string, lines: readonly string[]): string {
  return `${[header, ...lines].join("\n")}\n`;
}

/** printf's %-N.Ns. */
function cut(text: string, width: number): string {
  return text.slice(0, width).padEnd(width);
}

/** As bcc 0.26 prints them: "%-11.6f %-14.14s %-7s %-9s %-1s %-10s %-7s" and "%7.2f". */
export function asBcc(requests: readonly Completed[]): string {
  const zeroUs = requests[0]!.completeUs;
  return table(
    "TIME(s)     COMM           PID     DISK      T SECTOR     BYTES  LAT(ms)",
    requests.map(({ completeUs, latencyUs, command, pid, disk, write, sector, sectors }) => {
      const start = [
        ((completeUs - zeroUs) / 1e6).toFixed(6).padEnd(11),
        cut(command, 14),
        String(pid).padEnd(7),
        disk.padEnd(9),
        write ? "W" : "R",
        String(sector).padEnd(10),
        String(sectors * 512).padEnd(7),
      ];
      return start.join(" ") + (latencyUs / 1e3).toFixed(2).padStart(7);
    }),
  );
}

/** As libbpf-tools 0.26 prints them: "%-11.6f %-14.14s %-7d %-7s %-4s %-10lld %-7d " and "%7.3f". */
export function asLibbpf(requests: readonly Completed[]): string {
  const zeroUs = requests[0]!.completeUs;
  return table(
    "TIME(s)     COMM           PID     DISK    T    SECTOR     BYTES   LAT(ms)",
    requests.map(({ completeUs, latencyUs, command, pid, disk, write, sector, sectors }) =>
      [
        ((completeUs - zeroUs) / 1e6).toFixed(6).padEnd(11),
        cut(command, 14),
        String(pid).padEnd(7),
        disk.padEnd(7),
        (write ? "WS" : "RA").padEnd(4),
        String(sector).padEnd(10),
        String(sectors * 512).padEnd(7),
        (latencyUs / 1e3).toFixed(3).padStart(7),
      ].join(" "),
    ),
  );
}

/** As iosnoop -st of perf-tools prints them: "%-14s %-14s %-16.16s %-6s %-4s %-8s %-12s %-6s %8s". */
export function asIosnoop(requests: readonly Completed[]): string {
  return table(
    `Tracing block I/O. Ctrl-C to end.\n${["STARTs".padEnd(14), "ENDs".padEnd(14), "COMM".padEnd(16), "PID   ", "TYPE", "DEV     ", "BLOCK       ", "BYTES ", "   LATms"].join(" ")}`,
    requests.map(({ completeUs, latencyUs, command, pid, disk, write, sector, sectors }) =>
      [
        ((completeUs - latencyUs) / 1e6).toFixed(6).padEnd(14),
        (completeUs / 1e6).toFixed(6).padEnd(14),
        cut(command, 16),
        String(pid).padEnd(6),
        (write ? "WS" : "R").padEnd(4),
        disk.padEnd(8),
        String(sector).padEnd(12),
        String(sectors * 512).padEnd(6),
        (latencyUs / 1e3).toFixed(2).padStart(8),
      ].join(" "),
    ),
  );
}
