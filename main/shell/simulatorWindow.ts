import { BrowserWindow, session } from 'electron';
import { enclosed } from './enclosed';
import { giveHome } from './home';

export interface SimulatorWindow {
  /** Shows the pages at an address of this computer; a window that is open already comes to the front. */
  open(address: string): Promise<void>;
  close(): void;
}

/** In memory, and shared with no other window. */
const partition = 'simulator';

/**
 * The window for the pages of the sandbox. They are served over HTTP, so they get nothing of the program:
 * no preload, a session of their own, no permission, and no way to any other address.
 */
export function createSimulatorWindow(): SimulatorWindow {
  let window: BrowserWindow | null = null;

  function build(origin: string): BrowserWindow {
    const built = new BrowserWindow({
      width: 1180,
      height: 820,
      minWidth: 720,
      minHeight: 520,
      show: false,
      title: 'Puente',
      backgroundColor: '#f4f6f8',
      autoHideMenuBar: true,
      webPreferences: { ...enclosed, partition },
    });
    giveHome(built.webContents, origin);
    shutIn(origin);
    built.once('ready-to-show', () => built.show());
    built.on('closed', () => {
      if (window === built) window = null;
    });
    return built;
  }

  return {
    async open(address) {
      if (window !== null) {
        if (window.isMinimized()) window.restore();
        window.focus();
        return;
      }
      window = build(new URL(address).origin);
      // A window that is closed while it loads is no failure.
      await window.loadURL(address).catch(() => undefined);
    },
    close() {
      window?.destroy();
      window = null;
    },
  };
}

function shutIn(origin: string): void {
  const own = session.fromPartition(partition);
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.removeAllListeners('will-download');
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(({ url }, decide) => {
    const { protocol, origin: asked } = new URL(url);
    decide({ cancel: asked !== origin && protocol !== 'data:' && protocol !== 'devtools:' });
  });
}
