import { spawn } from 'node:child_process';

/** No step may keep the others waiting for ever. */
const timeoutMs = 15 * 60_000;

export interface StepRun {
  name: string;
  /** What Node is given. */
  args: string[];
  env: Record<string, string>;
}

/** Runs one step in a Node of its own, saying what it is, how long it took and how it ended. */
export function runStep(
  { name, args, env }: StepRun,
  limitMs = timeoutMs,
  say: (line: string) => void = console.log,
): Promise<boolean> {
  const started = performance.now();
  say(`\n── ${name}`);
  return new Promise((resolve) => {
    const end = (outcome: string) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      say(`── ${name}: ${outcome} in ${seconds} s`);
      resolve(outcome === 'passed');
    };
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      timeout: limitMs,
    });
    child.once('error', (error) => end(`FAILED (${error.message})`));
    child.once('exit', (code, signal) => {
      if (signal !== null) end(`FAILED (${signal})`);
      else end(code === 0 ? 'passed' : 'FAILED');
    });
  });
}
