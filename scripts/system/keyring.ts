import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Service, startService } from './service';

/**
 * Whether the person's session keeps secrets: a Secret Service runs, or the session would start one when
 * asked. The latter counts only with a screen, as it may ask the person for a password.
 */
export function hasKeyring(env: NodeJS.ProcessEnv, withScreen: boolean): boolean {
  if (!env['DBUS_SESSION_BUS_ADDRESS']) return false;
  return namesOnBus(env, 'ListNames') || (withScreen && namesOnBus(env, 'ListActivatableNames'));
}

/**
 * A keyring that is nobody's: GNOME's own, unlocked with the empty password, on a session bus of its own,
 * in a folder that goes with it. Its value is what DBUS_SESSION_BUS_ADDRESS has to say.
 */
export function startOwnKeyring(env: NodeJS.ProcessEnv): Promise<Service> {
  // mkdtemp makes it mode 700, as a runtime folder has to be.
  const folder = mkdtempSync(join(tmpdir(), 'puente-keyring-'));
  return startService('The keyring (gnome-keyring)', keyring, {
    ...env,
    DBUS_SESSION_BUS_ADDRESS: undefined,
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
  });
}

/**
 * The session ends when the caller closes the standard input; the secrets go with their folder. The daemon
 * goes to the background before it is on the bus, and whoever asks for its name too early makes the bus
 * start a second one: hence the bus itself is asked, for five seconds at most.
 */
const keyring = `
dbus-run-session -- sh -c '
printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 1
tries=100
until dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
  org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q "boolean true"
do
  tries=$((tries - 1))
  [ $tries -gt 0 ] || { echo "gnome-keyring-daemon does not answer" >&2; exit 1; }
  sleep 0.05
done
printf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS"
exec cat >/dev/null'
rm -rf "$XDG_RUNTIME_DIR"
`;

function namesOnBus(env: NodeJS.ProcessEnv, question: 'ListNames' | 'ListActivatableNames'): boolean {
  const bus = 'org.freedesktop.DBus';
  const asked = spawnSync(
    'dbus-send',
    ['--session', '--print-reply', `--dest=${bus}`, '/org/freedesktop/DBus', `${bus}.${question}`],
    { encoding: 'utf8', env, timeout: 5_000 },
  );
  return asked.status === 0 && asked.stdout.includes('"org.freedesktop.secrets"');
}
