import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadElectron } from '../../../../scripts/electron-runtime/download';

let folder: string;
let server: Server;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-download-'));
  server = createServer((socket) => socket.end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
});

afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const close = (): Promise<void> => new Promise((done) => server.close(() => done()));

/** The electron package's install script, as far as the download sees it. */
const installScript = (text: string) => writeFileSync(join(folder, 'install.js'), text);

const download = (env: Record<string, string> = {}, downloadMs = 20_000) =>
  downloadElectron(folder, { env, host: '127.0.0.1', port, reachMs: 2_000, downloadMs });

describe('downloadElectron', () => {
  it("runs the package's install script when the way is open", async () => {
    installScript(`require('node:fs').writeFileSync(__dirname + '/path.txt', 'electron')`);
    expect(await download()).toBeNull();
    expect(readFileSync(join(folder, 'path.txt'), 'utf8')).toBe('electron');
  });

  it('does not even start where the way is closed', async () => {
    installScript(`require('node:fs').writeFileSync(__dirname + '/path.txt', 'electron')`);
    await close();
    expect(await download()).toBe('127.0.0.1 cannot be reached');
    expect(() => readFileSync(join(folder, 'path.txt'))).toThrow();
  });

  it('goes by a mirror or a proxy where one is set', async () => {
    installScript('');
    await close();
    expect(await download({ ELECTRON_MIRROR: 'http://127.0.0.1/' })).toBeNull();
    expect(await download({ HTTPS_PROXY: 'http://127.0.0.1:3128' })).toBeNull();
    expect(await download({ ELECTRON_MIRROR: '' })).toBe('127.0.0.1 cannot be reached');
  });

  it('answers with the first line of what went wrong', async () => {
    installScript(`console.error('Error: checksum mismatch\\n    at somewhere'); process.exit(1)`);
    expect(await download()).toBe('the download failed: Error: checksum mismatch');
  });

  it('gives up on a download that never ends', async () => {
    installScript('setInterval(() => undefined, 1000)');
    expect(await download({}, 300)).toBe('the download took longer than 0.3 s');
  });
});
