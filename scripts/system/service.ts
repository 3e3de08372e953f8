import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A helper beside the program, such as a virtual screen. */
export interface Service {
  /** The first line that it printed, by which it said that it is ready. */
  value: string;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a shell script that prints one line when it is ready and ends when its standard input does. So it
 * ends with us whatever happens to us, a kill -9 included; and being in a group of its own, it does not
 * hear the terminal's Ctrl-C, so that the program on top of it can end first. Throws with its complaint
 * when it ends before it is ready.
 */
export async function startService(name: string, script: string, env: NodeJS.ProcessEnv): Promise<Service> {
  const child = spawn('sh', ['-c', script], { detached: true, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  // Writing to one that has gone is no news: its exit tells.
  child.stdin.on('error', () => undefined);
  let printed = '';
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const value = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('\n')) resolve(printed.slice(0, printed.indexOf('\n')).trim());
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${name} did not start. ${complaint.trim()}`.trim())));
  });
  return {
    value,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
