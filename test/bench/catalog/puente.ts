import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SandboxProcess } from '../support/sandboxProcess';
import { type Measured, measuredSchema, type Order } from './protocol';

/** The program in a process of its own. */
export interface PuenteProcess {
  run(order: Order): Promise<Measured>;
  stop(): Promise<void>;
}

export async function startPuente({ org, store, token }: SandboxProcess): Promise<PuenteProcess> {
  const child = fork(
    fileURLToPath(new URL('./worker.ts', import.meta.url)),
    [JSON.stringify({ org, store, token })],
    { execArgv: ['--expose-gc', '--import', 'tsx'] },
  );
  await answer(child);
  return {
    async run(order) {
      child.send(order);
      return measuredSchema.parse(await answer(child));
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('the program ended before it answered'));
    child.once('exit', end);
    child.once('message', (message) => {
      child.off('exit', end);
      resolve(message);
    });
  });
}
