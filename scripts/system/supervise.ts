import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C comes several times: from the terminal, from npm, from tsx. So close together it is one. */
const sameSignalMs = 1_500;

/**
 * Runs a program to its end and answers with its exit code (128 + the signal's number if one ended it).
 * What asks us to end is passed on to the program, so that it can finish what it is at; asked a second
 * time, it is killed. What it has started and left behind ends with it, or is left alone: on a person's own
 * screen that may be the browser that a link was opened in.
 */
export function runToEnd(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  leftovers: 'end' | 'leave',
): Promise<number> {
  return new Promise((resolve, reject) => {
    // A group of its own: the terminal's Ctrl-C reaches it once, by us, and its leftovers can be found.
    const child = spawn(command, args, { stdio: 'inherit', env, detached: process.platform !== 'win32' });
    let firstAsked: number | null = null;
    const ask = (signal: NodeJS.Signals) => {
      const now = performance.now();
      if (firstAsked === null) {
        firstAsked = now;
        child.kill(signal);
      } else if (now - firstAsked > sameSignalMs) child.kill('SIGKILL');
    };
    for (const signal of passed) process.on(signal, ask);
    const stopListening = () => {
      for (const signal of passed) process.off(signal, ask);
    };
    child.once('error', (error) => {
      stopListening();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      stopListening();
      if (leftovers === 'end') endGroup(child);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
