import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const freePorts = ['--org-port', '0', '--store-port', '0', '--smtp-port', '0', '--control-port', '0'];

/** The command as `npm run sandbox` runs it; `until` stops it with Ctrl-C once its output matches. */
async function run(args: readonly string[], lang: string, until?: RegExp) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, LC_ALL: lang },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const read = (chunk: Buffer) => {
    output += chunk.toString('utf8');
    if (until?.test(output)) child.kill('SIGINT');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const [code] = await once(child, 'close');
  return { code, output };
}

describe('npm run sandbox', () => {
  it('prints what to type into the program, and stops by Ctrl-C', async () => {
    const { code, output } = await run(freePorts, 'es_AR.UTF-8', /Ctrl-C/);
    expect(output).toMatch(/Dirección de acceso +http:\/\/127\.0\.0\.1:\d+\n/);
    expect(output).toMatch(/Usuario +integracion@santelmo\.example\n/);
    expect(output).toMatch(/Identificador +PAGINAWEB\n/);
    expect(output).toMatch(/Servidor de correo \(SMTP\): 127\.0\.0\.1:\d+\n/);
    expect(output).toMatch(/Control: http:\/\/127\.0\.0\.1:\d+\n/);
    expect(output).toContain('El entorno de prueba se detuvo.');
    expect(code).toBe(0);
  });

  it('says what is wrong with its arguments', async () => {
    expect(await run(['--seed', 'many'], 'en_US.UTF-8')).toEqual({
      code: 2,
      output: '--seed needs a whole number that is not negative.\n',
    });
  });

  it('says which port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, output } = await run([...freePorts, '--control-port', port], 'en_US.UTF-8');
    server.close();
    expect(output).toContain(`Port ${port} is in use by another program.`);
    expect(code).toBe(1);
  });
});
