import { app, type Session, session, type WebContents } from 'electron';
import { isHome } from './home';

/**
 * Closes what a window of ours never needs (research/anchors.md 4): permissions, other addresses, new
 * windows, webviews. Must run when the program is ready, before the first window.
 */
export function secureContents(): void {
  denyPermissions(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => {
    stayAtHome(contents);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  target.setPermissionCheckHandler(() => false);
}

function stayAtHome(contents: WebContents): void {
  contents.on('will-navigate', (event, url) => {
    if (!isHome(contents, url)) event.preventDefault();
  });
  contents.on('will-redirect', (event, url) => {
    if (!isHome(contents, url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isHome(contents, event.url)) event.preventDefault();
  });
}
