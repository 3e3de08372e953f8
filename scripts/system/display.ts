import { type ChildProcess, spawn } from 'node:child_process';

export interface Display {
  /** For DISPLAY; null where the person's own screen is used. */
  name: string | null;
  stop(): void;
}

/** The person's own screen where there is one; else a virtual one, saying so. */
export async function openDisplay(say: (line: string) => void): Promise<Display> {
  const own = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (own) return { name: null, stop: () => undefined };
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await displayNumber(xvfb);
  say(`No display here: using a virtual one (Xvfb :${number}).`);
  return { name: `:${number}`, stop: () => xvfb.kill() };
}

/** Xvfb picks a free display by itself and writes its number when it is ready. */
function displayNumber(xvfb: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    xvfb.once('error', reject);
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended at once (${code})`)));
    xvfb.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}
