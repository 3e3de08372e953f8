import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startService } from '../../../../scripts/system/service';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-service-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('startService', () => {
  it('is ready with its first line, and gone when stopped', async () => {
    const service = await startService('A helper', 'echo " 42"; echo more; cat >/dev/null', process.env);
    expect(service.value).toBe('42');
    await service.stop();
  });

  it('says why when it ends before it is ready', async () => {
    const started = startService('A helper', 'echo "no such thing" >&2; exit 3', process.env);
    await expect(started).rejects.toThrow('A helper did not start. no such thing');
  });

  it('can be stopped after it has died by itself', async () => {
    const service = await startService('A helper', 'echo ready', process.env);
    await service.stop();
  });

  it('ends with its caller, even one that is killed', async () => {
    const { connected } = await listener(join(folder, 'gone'));
    const module = JSON.stringify(resolve('scripts/system/service.ts'));
    // When its standard input ends, the service connects to our socket: by that we see its end.
    const tell = `const net = require('node:net'); net.connect(${JSON.stringify(join(folder, 'gone'))})`;
    const script = JSON.stringify(`echo ready; cat >/dev/null; node -e ${quoted(tell)}`);
    const caller = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '--eval',
        `import(${module}).then(({ startService }) => startService('A helper', ${script}, process.env)).then(({ value }) => console.log(value)); setInterval(() => undefined, 1000)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    expect(await firstLine(caller)).toBe('ready');
    caller.kill('SIGKILL');
    await connected;
  });
});

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Resolves when somebody connects to the socket. */
async function listener(path: string): Promise<{ connected: Promise<unknown> }> {
  const server = createServer((socket) => socket.end());
  server.listen(path);
  await once(server, 'listening');
  return { connected: once(server, 'connection').then(() => server.close()) };
}

function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('no output');
  return new Promise((done) => createInterface(stdout).once('line', done));
}
