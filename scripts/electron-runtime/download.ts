import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';

/** A closed network should not make people wait: so long may the way to GitHub take to open. */
const reachMs = 4_000;
const downloadMs = 5 * 60_000;

/** Lets the electron package fetch its binary; false when GitHub is out of reach or the fetch fails. */
export async function downloadElectron(packageFolder: string): Promise<boolean> {
  const mirrored = Boolean(process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror']);
  const proxied = Boolean(process.env['HTTPS_PROXY'] ?? process.env['https_proxy']);
  if (!mirrored && !proxied && !(await canReach('github.com', 443))) return false;
  return new Promise((resolve) => {
    const install = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: downloadMs,
    });
    install.once('error', () => resolve(false));
    install.once('exit', (code) => resolve(code === 0));
  });
}

function canReach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(reachMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
