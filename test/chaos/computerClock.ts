import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A clock that one program sees instead of the computer's. */
export interface ComputerClock {
  /** What the program has to be started with to see it. */
  env: Record<string, string>;
  /** Sets it so many hours off the true time; a program that runs sees it within a second. */
  set(hours: number): void;
}

/**
 * Debian's libfaketime, put before the C library of the program: the product has no door for other clocks.
 * Timers keep their pace, as they do when a person sets the clock. Null where the library is not installed.
 */
export function createComputerClock(folder: string): ComputerClock | null {
  const library = findLibrary();
  if (library === null) return null;
  const file = join(folder, 'clock');
  // Never before it has been set: the program would find no time at all.
  const set = (hours: number) => writeFileSync(file, `${hours < 0 ? '' : '+'}${hours}h\n`);
  set(0);
  return {
    set,
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
  };
}

const libraries = '/usr/lib';

function findLibrary(): string | null {
  if (process.platform !== 'linux') return null;
  const found = readdirSync(libraries)
    .map((name) => join(libraries, name, 'faketime/libfaketimeMT.so.1'))
    .find((path) => existsSync(path));
  return found ?? null;
}
