import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Keyring {
  /** Puts the command inside a session that has a keyring. */
  wrap(command: string, args: string[]): { command: string; args: string[] };
  env: Record<string, string>;
  stop(): void;
}

const own: Keyring = {
  wrap: (command, args) => ({ command, args }),
  env: {},
  stop: () => undefined,
};

/** Runs the command after unlocking the keyring with the empty password, on the session's own bus. */
const unlockAndRun =
  'printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';

/**
 * The person's own keyring where a Secret Service answers. Where none does (a bare server, CI), one of its
 * own inside its own D-Bus session, kept in a folder that goes with it, so that nobody's keyring is touched.
 */
export function openKeyring(options: { alwaysOwn: boolean; say: (line: string) => void }): Keyring {
  if (process.platform !== 'linux') return own;
  if (!options.alwaysOwn && secretServiceAnswers()) return own;
  options.say('No keyring here: using one of its own for as long as the program runs.');
  const folder = mkdtempSync(join(tmpdir(), 'puente-keyring-'));
  return {
    wrap: (command, args) => ({
      command: 'dbus-run-session',
      args: ['--', 'sh', '-c', unlockAndRun, 'sh', command, ...args],
    }),
    env: { XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: folder },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function secretServiceAnswers(): boolean {
  if (!process.env['DBUS_SESSION_BUS_ADDRESS']) return false;
  const asked = spawnSync(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    ],
    { encoding: 'utf8' },
  );
  return asked.status === 0 && asked.stdout.includes('true');
}
