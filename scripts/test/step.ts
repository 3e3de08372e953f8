import { spawn } from 'node:child_process';

/** Runs one step in a Node of its own, saying what it is, how long it took and how it ended. */
export function runStep(name: string, args: string[], env: Record<string, string>): Promise<boolean> {
  const started = Date.now();
  console.log(`\n── ${name}`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
      resolve(code === 0);
    });
  });
}
