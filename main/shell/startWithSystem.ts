import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';

/** Whether the program starts with the computer, without its window. The operating system keeps the answer. */
export const startWithSystem = {
  get(): boolean {
    return process.platform === 'linux'
      ? existsSync(autostartFile())
      : app.getLoginItemSettings({ args: ['--hidden'] }).openAtLogin;
  },
  set(on: boolean): void {
    if (process.platform !== 'linux') app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] });
    else if (on) writeAutostart();
    else rmSync(autostartFile(), { force: true });
  },
};

/** Where desktops look for what to start (freedesktop.org, Desktop Application Autostart 0.5). */
function autostartFile(): string {
  const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(folder, 'autostart', 'puente.desktop');
}

function writeAutostart(): void {
  // An AppImage runs from a folder that is gone after it ends; this is the file itself.
  const program = process.env['APPIMAGE'] ?? app.getPath('exe');
  const folder = app.isPackaged ? [] : [app.getAppPath()];
  const command = [program, ...folder, '--hidden'].map(quote).join(' ');
  mkdirSync(dirname(autostartFile()), { recursive: true });
  writeFileSync(
    autostartFile(),
    `[Desktop Entry]\nType=Application\nName=Puente\nExec=${command}\nTerminal=false\n`,
  );
}

/** Desktop Entry Specification 1.5, "The Exec key". */
const quote = (part: string): string => `"${part.replace(/[\\"`$]/g, '\\$&').replace(/%/g, '%%')}"`;
