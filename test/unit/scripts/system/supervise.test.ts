import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../../../scripts/system/supervise';

const node = process.execPath;

describe('runToEnd', () => {
  it('passes the exit code through', async () => {
    expect(await runToEnd(node, ['-e', 'process.exit(7)'], process.env, 'end')).toBe(7);
    expect(await runToEnd(node, ['-e', ''], process.env, 'end')).toBe(0);
  });

  it('tells the signal that ended the program as shells do', async () => {
    expect(await runToEnd(node, ['-e', 'process.kill(process.pid, "SIGKILL")'], process.env, 'end')).toBe(
      137,
    );
  });

  it('rejects when there is no such program', async () => {
    await expect(runToEnd('no-such-program', [], process.env, 'end')).rejects.toThrow(/ENOENT/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('lets the program end in its own way on %s', async (signal) => {
    const { supervisor, lines } = supervised(
      `process.on('${signal}', () => { console.log('finishing'); process.exit(5); }); setInterval(() => undefined, 1000); console.log('up');`,
    );
    await line(lines, 'up');
    const finishing = line(lines, 'finishing');
    // As in a terminal, where npm and tsx pass on what they have heard as well.
    supervisor.kill(signal);
    supervisor.kill(signal);
    await finishing;
    expect(await once(supervisor, 'exit')).toEqual([5, null]);
  });

  it('takes what the program left behind with it', async () => {
    const { supervisor, lines } = supervised(
      `const { spawn } = require('node:child_process');
       const left = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: ['ignore', 'inherit', 'ignore'] });
       left.unref();
       console.log('left ' + left.pid);
       process.exit(0);`,
    );
    await line(lines, 'left');
    // The one left behind holds the output open: it closes when that one is gone.
    await once(supervisor, 'close');
    expect(supervisor.exitCode).toBe(0);
  });
});

/** A Node that runs the given program under `runToEnd`. */
function supervised(program: string): { supervisor: ChildProcess; lines: Interface } {
  const module = JSON.stringify(resolve('scripts/system/supervise.ts'));
  const args = JSON.stringify(['-e', program]);
  const supervisor = spawn(
    node,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `import(${module}).then(({ runToEnd }) => runToEnd(process.execPath, ${args}, process.env, 'end')).then((code) => { process.exitCode = code; });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return { supervisor, lines: createInterface(supervisor.stdout) };
}

function line(lines: Interface, start: string): Promise<void> {
  return new Promise((done) => {
    lines.on('line', (text) => {
      if (text.startsWith(start)) done();
    });
  });
}
