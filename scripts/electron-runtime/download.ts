import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';

/** How the way to the download is found; tests put others in. */
export interface DownloadOptions {
  env: Partial<Record<string, string>>;
  /** Where Electron's archives lie when no mirror and no proxy is set. */
  host: string;
  port: number;
  /** A closed network should not make people wait: so long (ms) may the way there take to open. */
  reachMs: number;
  /** So long (ms) may the whole download take. */
  downloadMs: number;
}

/**
 * Lets the electron package fetch its binary with its own install script, which checks it against the
 * package's checksums. Answers null when it is there, else why not.
 */
export async function downloadElectron(
  packageFolder: string,
  options: Partial<DownloadOptions> = {},
): Promise<string | null> {
  const { env, host, port, reachMs, downloadMs } = { ...usual(), ...options };
  if (!hasDetour(env) && !(await canReach(host, port, reachMs))) return `${host} cannot be reached`;
  return new Promise((resolve) => {
    const install = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      // Standard output belongs to whoever called us.
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: downloadMs,
      env: { ...env },
    });
    let complaint = '';
    install.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    install.once('error', (error) => resolve(error.message));
    install.once('close', (code, signal) => {
      if (code === 0) resolve(null);
      else if (signal !== null) resolve(`the download took longer than ${downloadMs / 1000} s`);
      else resolve(`the download failed: ${firstLine(complaint)}`);
    });
  });
}

const usual = (): DownloadOptions => ({
  env: process.env,
  host: 'github.com',
  port: 443,
  reachMs: 4_000,
  downloadMs: 10 * 60_000,
});

/** A mirror or a proxy is another way to the archives: whether github.com answers says nothing then. */
function hasDetour(env: DownloadOptions['env']): boolean {
  return ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy'].some(
    (name) => (env[name] ?? '') !== '',
  );
}

function canReach(host: string, port: number, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    // The socket's own timeout does not count the time that looking up the name takes.
    const timer = setTimeout(() => end(false), ms);
    const end = (reached: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const firstLine = (text: string): string => text.trim().split('\n')[0]?.trim() ?? '';
