/** Runs a command line's work: its number is the exit code, its error a line on stderr and exit code 1. */
export function runAsCommand(work: () => Promise<number>): void {
  work().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
