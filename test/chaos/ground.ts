import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import keytar from 'keytar';
import { type Sandbox, startSandbox } from '../../sandbox';
import { electronRuntime } from '../../scripts/electron-runtime';
import { type ComputerClock, createComputerClock } from './computerClock';
import { createDesktop, type Desktop, writeSettings } from './desktop';
import { mountSmallDisk, type SmallDisk } from './smallDisk';
import { createWeather, type Weather } from './weather';

/** Where a run takes place: one store and one org, and two desktops that serve them. */
export interface Ground {
  sandbox: Sandbox;
  weather: Weather;
  desktops: { A: Desktop; B: Desktop };
  /** Desktop A's own clock; null where there is no libfaketime. */
  clock: ComputerClock | null;
  /** The disk that desktop B keeps everything on; null where it could not be mounted. */
  disk: SmallDisk | null;
  /** Why a program ended that nobody had ended. */
  deaths: string[];
  /** Ends whatever still runs and leaves nothing behind. */
  clearUp(): Promise<void>;
}

export interface GroundOptions {
  orders: number;
  /** Keeps databases and output there. */
  keep?: string | undefined;
  say: (line: string) => void;
}

/** A program that ended by itself is started again as soon as somebody sees it. */
const noticedAfterMs = 1_000;
/** What Chromium keeps beside the database. */
const profileMegabytes = 192;

export async function prepareGround({ orders, keep, say }: GroundOptions): Promise<Ground> {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'puente-chaos-')) : resolve(keep);
  mkdirSync(folder, { recursive: true });
  const { executable } = await electronRuntime();
  const sandbox = await startSandbox();
  await keepSecrets(sandbox);

  const clock = createComputerClock(folder);
  if (clock === null) say('SKIPPED: the clock of a desktop stays right (libfaketime is not installed).');
  const homes = { A: join(folder, 'A'), B: join(folder, 'B') };
  const disk = mountSmallDisk(homes.B, profileMegabytes + Math.ceil(orders / 20));
  if (disk === null) say('SKIPPED: the disk does not fill (only root on Linux may mount a small one).');

  const deaths: string[] = [];
  let over = false;
  const make = (name: 'A' | 'B', env: Record<string, string>): Desktop => {
    const desktop = createDesktop({
      name,
      userData: homes[name],
      logFile: join(folder, `${name}.log`),
      executable,
      env,
      onDeath: (how) => {
        deaths.push(`${name}: ${how}`);
        say(`desktop ${name} ended by itself (${how})`);
        setTimeout(() => over || desktop.start(), noticedAfterMs);
      },
    });
    writeSettings(desktop.userData, sandbox);
    return desktop;
  };
  const desktops = { A: make('A', clock?.env ?? {}), B: make('B', {}) };

  return {
    sandbox,
    weather: createWeather(sandbox),
    desktops,
    clock,
    disk,
    deaths,
    async clearUp() {
      over = true;
      for (const desktop of Object.values(desktops)) await desktop.kill(0);
      await sandbox.stop();
      disk?.remove();
      // The programs' helper processes may write a moment longer than they live.
      if (keep === undefined)
        rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** The keychain is one for both desktops, and the run's own. */
async function keepSecrets(sandbox: Sandbox): Promise<void> {
  const { password, securityToken, clientSecret } = sandbox.org.credentials;
  await keytar.setPassword('Puente', 'password', password + securityToken);
  await keytar.setPassword('Puente', 'clientSecret', clientSecret);
  await keytar.setPassword('Puente', 'storeToken', sandbox.store.token);
}
