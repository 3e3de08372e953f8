import type { SandboxClock } from '../clock';
import type { Faults } from '../http/faults';
import { startServer } from '../http/server';
import { StoreCore } from './core';
import { type StoreProfile, storeHandler } from './http';
import { type StoreOrder, storeOrderSchema } from './order';
import { problem } from './refusal';
import type { StoreSwitches } from './switches';

export interface StoreHandle {
  url: string;
  token: string;
  core: StoreCore;
  /** Confirms one order; it must have the shape of docs/store-api.yaml and a number of its own. */
  confirmOrder(order: StoreOrder): void;
  setDown(down: boolean): void;
  setSwitches(switches: Partial<StoreSwitches>): void;
  /** No cursor given out so far is known any more. */
  forgetCursors(): void;
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
  switches: Partial<StoreSwitches>;
}): Promise<StoreHandle> {
  const core = new StoreCore(options.file, options.clock);
  core.switches = { ...core.switches, ...options.switches };
  const server = await startServer({
    port: options.port,
    handler: storeHandler(core, options.profile, options.token),
    maxBody: largestBody,
    tooLarge: problem(413, 'too_large', 'The body is larger than 1 MiB.'),
    faults: { rules: options.faults, target: 'store' },
    dead: () => core.switches.down === 'connection',
  });
  const setSwitches: StoreHandle['setSwitches'] = (changes) => {
    core.switches = { ...core.switches, ...changes };
    // Whoever waits for news would otherwise not notice until the wait is over.
    if (core.switches.down === 'connection') server.cut();
  };
  return {
    url: server.url,
    token: options.token,
    core,
    confirmOrder: (order) => core.confirm([storeOrderSchema.parse(order)]),
    setDown: (down) => setSwitches({ down: down ? 'connection' : 'no' }),
    setSwitches,
    forgetCursors: () => core.forgetCursors(),
    async stop() {
      await server.stop();
      core.close();
    },
  };
}
