import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { startArrivals } from './arrivals';
import { createClock } from './clock';
import { startControl } from './control';
import { Faults } from './http/faults';
import { startMailbox } from './mailbox';
import { defaultMailboxSwitches } from './mailbox/switches';
import { defaultSeed, defaultStore, type SandboxOptions } from './options';
import { startOrg } from './org';
import { defaultOrgOptions, type OrgOptions } from './org/settings';
import type { Sandbox, SandboxParts } from './sandbox';
import { blockedBuyerRule, seedOrg, seedStore } from './seed';
import { houseFromFile } from './seed/file';
import { demoSize, type House, sampleHouse } from './seed/house';
import { makeOrder } from './seed/orders';
import { startStore } from './store';
import type { StoreOrder } from './store/order';
import { cancelOrder, editOrder } from './store/revision';

export type { Sandbox } from './sandbox';

/**
 * Starts the sandbox on 127.0.0.1. Several can run in one process; nothing is shared between them.
 * Rejects when a port is taken or the folder to keep it in cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = createClock();
  const faults = new Faults();
  const seed = options.seed ?? defaultSeed;
  const house = houseOf(options, seed);
  const { world } = house;
  const empty = options.content === 'empty';
  // Runs inside the program too: each step gives the event loop its turn.
  await setImmediate();
  const started: { stop(): Promise<void> }[] = [];
  try {
    const org = await startOrg({
      port: options.ports?.org ?? 0,
      file: fileIn(options.keep, 'org.sqlite'),
      org: orgOptions(options),
      clock,
      faults,
      prepare: async (core) => {
        if (!empty && !core.db.get('SELECT 1 AS found FROM "Product2" LIMIT 1')) await seedOrg(core, house);
      },
    });
    started.push(org);
    const store = await startStore({
      port: options.ports?.store ?? 0,
      file: fileIn(options.keep, 'store.sqlite'),
      token: options.store?.token ?? defaultStore.token,
      profile: options.store?.profile ?? defaultStore.profile,
      switches: options.store?.switches ?? {},
      clock,
      faults,
    });
    started.push(store);
    const mailbox = await startMailbox({
      port: options.ports?.mailbox ?? 0,
      securePort: options.ports?.secureMailbox ?? null,
      file: fileIn(options.keep, 'mailbox.sqlite'),
      switches: { ...defaultMailboxSwitches, ...options.mailbox },
      clock,
      faults,
    });
    started.push(mailbox);

    await setImmediate();
    if (!empty && store.core.catalogue.count() === 0) seedStore(store.core, house);
    const confirmOrders: Sandbox['confirmOrders'] = (count, { flaw = null, ...kind } = {}) => {
      const first = store.core.orderCount();
      const orders = Array.from({ length: count }, (_unused, index) =>
        makeOrder(world, first + index, store.core.now(), kind),
      );
      store.core.confirm(orders, flaw);
      return orders;
    };
    const revise = (number: string, change: (order: StoreOrder) => StoreOrder): StoreOrder | null => {
      const before = store.core.order(number);
      if (before === null) return null;
      const after = change(before);
      store.core.revise(after);
      return after;
    };
    const reset = async (): Promise<void> => {
      faults.clear();
      mailbox.clear();
      store.core.clear();
      await org.reset();
      if (!empty) seedStore(store.core, house);
    };
    const parts: SandboxParts = {
      org,
      store,
      mailbox,
      faults,
      clock,
      world,
      confirmOrders,
      editOrder: (number, edit) => revise(number, (order) => editOrder(order, edit)),
      cancelOrder: (number) => revise(number, cancelOrder),
      reset,
    };
    const controlPort = options.ports?.control;
    const control = controlPort === undefined ? null : await startControl(parts, controlPort);
    if (control) started.push(control);
    const stopArrivals = options.arrivals
      ? startArrivals(clock, seed, options.arrivals, () => confirmOrders(1, { unusual: true }))
      : () => {};
    return {
      ...parts,
      control,
      async stop() {
        stopArrivals();
        await Promise.all(started.map((part) => part.stop()));
      },
    };
  } catch (error) {
    await Promise.all(started.map((part) => part.stop()));
    throw error;
  }
}

function houseOf({ content = 'demo' }: SandboxOptions, seed: number): House {
  if (content === 'demo' || content === 'empty') return sampleHouse(seed, demoSize);
  return 'file' in content ? houseFromFile(content.file, seed) : sampleHouse(seed, content);
}

function orgOptions(options: SandboxOptions): OrgOptions {
  return {
    ...defaultOrgOptions,
    validationRules: [blockedBuyerRule],
    ...options.org,
    switches: { ...defaultOrgOptions.switches, ...options.org?.switches },
  };
}

function fileIn(folder: string | undefined, name: string): string {
  // SQLite's own temporary file: a large org stays out of memory, and nothing is left behind.
  if (folder === undefined) return '';
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
