import type { SandboxClock } from '../clock';
import type { Faults } from '../http/faults';
import { startServer } from '../http/server';
import { StoreCore } from './core';
import { problem, type StoreProfile, storeHandler } from './http';
import { type StoreOrder, storeOrderSchema } from './order';

export interface StoreHandle {
  url: string;
  token: string;
  core: StoreCore;
  /** Confirms one order; it must have the shape of docs/store-api.yaml and a number of its own. */
  confirmOrder(order: StoreOrder): void;
  setDown(down: boolean): void;
  stop(): Promise<void>;
}

const largestBody = 1024 * 1024;

export async function startStore(options: {
  port: number;
  file: string;
  token: string;
  profile: StoreProfile;
  clock: SandboxClock;
  faults: Faults;
}): Promise<StoreHandle> {
  const core = new StoreCore(options.file, options.clock);
  let down = false;
  const server = await startServer({
    port: options.port,
    handler: storeHandler(core, options.profile, options.token),
    maxBody: largestBody,
    tooLarge: problem(413, 'too_large', 'The body is larger than 1 MiB.'),
    faults: { rules: options.faults, target: 'store' },
    dead: () => down,
  });
  return {
    url: server.url,
    token: options.token,
    core,
    confirmOrder: (order) => core.confirm([storeOrderSchema.parse(order)]),
    setDown: (value) => {
      down = value;
    },
    async stop() {
      await server.stop();
      core.close();
    },
  };
}
